import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { MailModule } from '../mail/mail.module.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { UsersModule } from '../users/users.module.js';
import { PasskeyAssertionsModule } from './passkey-assertions.module.js';
import { PasskeyFactorController } from './passkey-factor.controller.js';
import { PasskeyFactorService } from './passkey-factor.service.js';
import { PasskeySignInController } from './passkey-sign-in.controller.js';
import { PasskeySignInService } from './passkey-sign-in.service.js';
import { PasskeysController } from './passkeys.controller.js';
import { PasskeysService } from './passkeys.service.js';
import { UserHandlesRepository } from './user-handles.repository.js';

/** Passkeys of an account, and signing in by one. */
@Module({
  imports: [PasskeyAssertionsModule, AuthModule, UsersModule, RateLimitsModule, MailModule],
  controllers: [PasskeyFactorController, PasskeySignInController, PasskeysController],
  providers: [PasskeyFactorService, PasskeySignInService, PasskeysService, UserHandlesRepository],
})
export class PasskeysModule {}
