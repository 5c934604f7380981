import { Module } from '@nestjs/common';
import { AddressLimits } from './address-limits.js';
import { LoginBackoff } from './login-backoff.js';

@Module({ providers: [AddressLimits, LoginBackoff], exports: [AddressLimits, LoginBackoff] })
export class LimitsModule {}
