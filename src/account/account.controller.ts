import { Controller, Delete, HttpCode, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CurrentSession } from '../sessions/current-user.decorator.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import { Operation } from '../http/operation.decorator.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import type { ActiveSession } from '../sessions/session.types.js';
import { AccountService } from './account.service.js';

@Controller('users/me')
export class AccountController {
  constructor(
    private readonly accounts: AccountService,
    private readonly cookie: SessionCookie,
  ) {}

  @Operation({ summary: 'Delete the account, its sessions, posts and history for good' })
  @UseGuards(RecentSignInGuard)
  @HttpCode(204)
  @Delete()
  async delete(
    @CurrentSession() { user }: ActiveSession,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.accounts.delete(user, request);
    this.cookie.clear(response);
  }
}
