import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { LocalStrategy } from './local.strategy.js';
import { ReauthenticationController } from './reauthentication.controller.js';
import { ReauthenticationService } from './reauthentication.service.js';
import { SessionSerializer } from './session.serializer.js';
import { SignInService } from './sign-in.service.js';
import { SignOutService } from './sign-out.service.js';

@Module({
  imports: [PassportModule, UsersModule, SessionsModule],
  controllers: [AuthController, ReauthenticationController],
  providers: [AuthService, LocalStrategy, ReauthenticationService, SessionSerializer, SignInService, SignOutService],
  exports: [AuthService, SessionsModule, SignInService],
})
export class AuthModule {}
