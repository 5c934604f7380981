import { Module } from '@nestjs/common';
import { AddressLimits } from './ip-rate-limiter.service.js';
import { LoginBackoff } from './login-backoff.service.js';

@Module({ providers: [AddressLimits, LoginBackoff], exports: [AddressLimits, LoginBackoff] })
export class LimitsModule {}
