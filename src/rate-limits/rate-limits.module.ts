import { Module } from '@nestjs/common';
import { AttemptCountsRepository } from './attempt-counts.repository.js';
import { CountedBackoffService } from './counted-backoff.service.js';
import { IpRateLimiterService } from './ip-rate-limiter.service.js';
import { LoginBackoffService } from './login-backoff.service.js';
import { RecipientRateLimiterService } from './recipient-rate-limiter.service.js';

@Module({
  providers: [
    AttemptCountsRepository,
    CountedBackoffService,
    IpRateLimiterService,
    LoginBackoffService,
    RecipientRateLimiterService,
  ],
  exports: [CountedBackoffService, IpRateLimiterService, LoginBackoffService, RecipientRateLimiterService],
})
export class RateLimitsModule {}
