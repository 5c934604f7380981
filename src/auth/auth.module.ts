import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { AuthController } from './auth.controller.js';
import { PasswordVerifierService } from './password-verifier.service.js';
import { DeviceCookie } from './device.cookie.js';
import { LocalStrategy } from './local.strategy.js';
import { ReauthenticationController } from './reauthentication.controller.js';
import { ReauthenticationService } from './reauthentication.service.js';
import { SessionSerializer } from './session.serializer.js';
import { SignInService } from './sign-in.service.js';
import { SignOutService } from './sign-out.service.js';

@Module({
  imports: [PassportModule, UsersModule, SessionsModule, RateLimitsModule],
  controllers: [AuthController, ReauthenticationController],
  providers: [
    PasswordVerifierService,
    DeviceCookie,
    LocalStrategy,
    ReauthenticationService,
    SessionSerializer,
    SignInService,
    SignOutService,
  ],
  exports: [PasswordVerifierService, DeviceCookie, ReauthenticationService, SessionsModule, SignInService],
})
export class AuthModule {}
