import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { AddressesModule } from '../email/addresses.module.js';
import { LimitsModule } from '../rate-limits/rate-limits.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './password-verifier.service.js';
import { DeviceCookie } from './device.cookie.js';
import { LocalStrategy } from './local.strategy.js';
import { ReauthenticationController } from './reauthentication.controller.js';
import { ReauthenticationService } from './reauthentication.service.js';
import { SessionSerializer } from './session.serializer.js';
import { SignInService } from './sign-in.service.js';
import { SignOutService } from './sign-out.service.js';

@Module({
  imports: [PassportModule, UsersModule, AddressesModule, SessionsModule, LimitsModule],
  controllers: [AuthController, ReauthenticationController],
  providers: [
    AuthService,
    DeviceCookie,
    LocalStrategy,
    ReauthenticationService,
    SessionSerializer,
    SignInService,
    SignOutService,
  ],
  exports: [AuthService, DeviceCookie, SessionsModule, SignInService],
})
export class AuthModule {}
