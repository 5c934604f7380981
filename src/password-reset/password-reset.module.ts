import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { IdentitiesModule } from '../identities/identities.module.js';
import { MailModule } from '../mail/mail.module.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { PasswordResetController } from './password-reset.controller.js';
import { PasswordResetService } from './password-reset.service.js';
import { ResetMailsService } from './reset-mails.service.js';
import { ResetTokensRepository } from './reset-tokens.repository.js';

/** Resets lost passwords with a mailed link. */
@Module({
  imports: [AuthModule, IdentitiesModule, MailModule, RateLimitsModule, SessionsModule, UsersModule],
  controllers: [PasswordResetController],
  providers: [PasswordResetService, ResetMailsService, ResetTokensRepository],
  exports: [PasswordResetService, ResetMailsService, ResetTokensRepository],
})
export class PasswordResetModule {}
