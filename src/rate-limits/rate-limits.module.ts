import { Module } from '@nestjs/common';
import { IpRateLimiterService } from './ip-rate-limiter.service.js';
import { LoginBackoffService } from './login-backoff.service.js';

@Module({
  providers: [IpRateLimiterService, LoginBackoffService],
  exports: [IpRateLimiterService, LoginBackoffService],
})
export class RateLimitsModule {}
