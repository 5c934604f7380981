import { Module } from '@nestjs/common';
import { MailModule } from '../mail/mail.module.js';
import { PasskeyAssertionsModule } from '../passkeys/passkey-assertions.module.js';
import { PasswordResetModule } from '../password-reset/password-reset.module.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { EmailChangesController } from './email-changes.controller.js';
import { EmailCodesService } from './email-codes.service.js';
import { EmailUndosRepository } from './email-undos.repository.js';
import { EmailUndosService } from './email-undos.service.js';
import { EmailController } from './email.controller.js';
import { EmailService } from './email.service.js';
import { UserEmailsRepository } from './user-emails.repository.js';

/** Email addresses of accounts: verification, changes, and undoing them. */
@Module({
  imports: [MailModule, PasskeyAssertionsModule, PasswordResetModule, RateLimitsModule, SessionsModule, UsersModule],
  controllers: [EmailController, EmailChangesController],
  providers: [EmailCodesService, EmailService, EmailUndosRepository, EmailUndosService, UserEmailsRepository],
  exports: [EmailCodesService, EmailUndosRepository],
})
export class EmailModule {}
