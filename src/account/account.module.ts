import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountCleanupService } from './account-cleanup.service.js';
import { AccountController } from './account.controller.js';
import { AccountService } from './account.service.js';
import { PasswordController } from './password.controller.js';
import { PasswordService } from './password.service.js';

/** The life of an account after sign-up: its password, its end, its suspension. */
@Module({
  imports: [AuthModule, UsersModule, PostsModule],
  controllers: [AccountController, PasswordController],
  providers: [AccountCleanupService, AccountService, PasswordService],
  exports: [AccountService],
})
export class AccountModule {}
