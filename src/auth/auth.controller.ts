import { Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { hashSessionId } from '../sessions/session-id.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import type { LiveSession } from '../sessions/session.types.js';
import { sessionView, type SessionView } from '../sessions/session.view.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { CurrentSession, CurrentUser } from './current-user.decorator.js';
import { LocalAuthGuard } from './local-auth.guard.js';
import { Public } from './public.decorator.js';

export interface LoginView {
  User: Express.User;
  msg: string;
  session: SessionView;
}

@Controller('users')
export class AuthController {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly cookie: SessionCookie,
  ) {}

  @Public()
  @UseGuards(LocalAuthGuard)
  @HttpCode(200)
  @Post('login')
  logIn(@CurrentUser() user: Express.User, @CurrentSession() session: LiveSession): LoginView {
    return { User: user, msg: 'User logged in', session: sessionView(session, session.publicId) };
  }

  @Get('protected')
  protected(@CurrentUser() user: Express.User): Express.User {
    return user;
  }

  @Public()
  @HttpCode(200)
  @Post('logout')
  logOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<{ msg: string }> {
    return this.endSession(request, response);
  }

  /** Kept for the clients of the tutorial; counted as a write by the origin policy. */
  @Public()
  @Get('logout')
  logOutByGet(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<{ msg: string }> {
    return this.endSession(request, response);
  }

  /**
   * One write, no read before it. The cookie goes only when the session is gone: an error of the database leaves both,
   * so that signing out can be tried again.
   */
  private async endSession(request: Request, response: Response): Promise<{ msg: string }> {
    const { secretId, forged } = this.cookie.read(request);
    if (secretId !== undefined) await this.sessions.revoke(hashSessionId(secretId), 'logged_out');
    if (secretId !== undefined || forged) this.cookie.clear(response);
    return { msg: 'The user session has ended' };
  }
}
