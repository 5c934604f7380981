import { Module } from '@nestjs/common';
import { CountedBackoffService } from './counted-backoff.service.js';
import { IpRateLimiterService } from './ip-rate-limiter.service.js';
import { RecipientRateLimiterService } from './recipient-rate-limiter.service.js';
import { LoginBackoffService } from './login-backoff.service.js';

@Module({
  providers: [CountedBackoffService, IpRateLimiterService, LoginBackoffService, RecipientRateLimiterService],
  exports: [CountedBackoffService, IpRateLimiterService, LoginBackoffService, RecipientRateLimiterService],
})
export class RateLimitsModule {}
