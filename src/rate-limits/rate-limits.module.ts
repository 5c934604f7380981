import { Module } from '@nestjs/common';
import { IpRateLimiterService } from './ip-rate-limiter.service.js';
import { RecipientRateLimiterService } from './recipient-rate-limiter.service.js';
import { LoginBackoffService } from './login-backoff.service.js';

@Module({
  providers: [IpRateLimiterService, LoginBackoffService, RecipientRateLimiterService],
  exports: [IpRateLimiterService, LoginBackoffService, RecipientRateLimiterService],
})
export class RateLimitsModule {}
