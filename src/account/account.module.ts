import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { MailModule } from '../mail/mail.module.js';
import { PasskeyAssertionsModule } from '../passkeys/passkey-assertions.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountCleanupService } from './account-cleanup.service.js';
import { AccountController } from './account.controller.js';
import { AccountService } from './account.service.js';
import { ChangePasswordController } from './change-password.controller.js';
import { PasswordAssignmentService } from './password-assignment.service.js';
import { PasswordController } from './password.controller.js';
import { PasswordService } from './password.service.js';

/** The life of an account after sign-up: its password, its end, its suspension. */
@Module({
  imports: [AuthModule, UsersModule, MailModule, PasskeyAssertionsModule, PostsModule],
  controllers: [AccountController, ChangePasswordController, PasswordController],
  providers: [AccountCleanupService, AccountService, PasswordAssignmentService, PasswordService],
  exports: [AccountService],
})
export class AccountModule {}
