import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { MailModule } from '../mail/mail.module.js';
import { PasskeyAssertionsModule } from '../passkeys/passkey-assertions.module.js';
import { EmailModule } from '../email/email.module.js';
import { PasswordResetModule } from '../password-reset/password-reset.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountCleanupService } from './account-cleanup.service.js';
import { AccountController } from './account.controller.js';
import { AccountService } from './account.service.js';
import { ActivityController } from './activity.controller.js';
import { ChangePasswordController } from './change-password.controller.js';
import { PasswordAssignmentService } from './password-assignment.service.js';
import { OwnedRecordsService } from './owned-records.service.js';
import { PasswordController } from './password.controller.js';
import { PasswordService } from './password.service.js';
import { ProfileController } from './profile.controller.js';
import { SignUpController } from './sign-up.controller.js';
import { SignUpService } from './sign-up.service.js';

/** Sign-up and everything under /users/me: profile, password, activity and deletion; accounts as operators manage them. */
@Module({
  imports: [
    AuthModule,
    EmailModule,
    MailModule,
    PasskeyAssertionsModule,
    PasswordResetModule,
    PostsModule,
    RateLimitsModule,
    UsersModule,
  ],
  controllers: [
    AccountController,
    ActivityController,
    ChangePasswordController,
    PasswordController,
    ProfileController,
    SignUpController,
  ],
  providers: [
    AccountCleanupService,
    AccountService,
    OwnedRecordsService,
    PasswordAssignmentService,
    PasswordService,
    SignUpService,
  ],
  exports: [AccountService],
})
export class AccountModule {}
