import { Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Operation } from '../http/operation.decorator.js';
import type { ActiveSession } from '../sessions/session.types.js';
import { userSchema } from '../users/users.views.js';
import { loginBody } from './auth.schemas.js';
import { loginSchema, loginView, SIGNED_OUT, signedOutSchema, type LoginView } from './auth.views.js';
import { CurrentSession, CurrentUser } from '../sessions/current-user.decorator.js';
import { LocalAuthGuard } from './local-auth.guard.js';
import { Public } from '../http/public.decorator.js';
import { SignOutService } from './sign-out.service.js';

@Controller('users')
export class AuthController {
  constructor(private readonly signOuts: SignOutService) {}

  @Operation({
    summary: 'Sign in',
    description: `Creates a session with a new id and revokes the session that the request came with. If a second factor is on, send its
\`code\` too, or complete the sign-in with the \`continuation\` of \`second_factor_required\`.`,
    body: loginBody,
    response: loginSchema,
    headers: ['Set-Cookie'],
    errors: [
      'invalid_credentials',
      'second_factor_required',
      'wrong_code',
      'account_disabled',
      'session_limit_reached',
      'rate_limited',
      'overloaded',
    ],
  })
  @Public()
  @UseGuards(LocalAuthGuard)
  @HttpCode(200)
  @Post('login')
  logIn(@CurrentUser() user: Express.User, @CurrentSession() session: ActiveSession): LoginView {
    return loginView(user, session);
  }

  @Operation({ summary: 'Who is signed in', response: userSchema })
  @Get('protected')
  protected(@CurrentUser() user: Express.User): Express.User {
    return user;
  }

  @Operation({
    summary: 'Sign out',
    description: 'Responds in the same way without a session.',
    // A superfluous field must not keep a user signed in.
    ignoresBody: true,
    response: signedOutSchema,
    headers: ['Set-Cookie'],
  })
  @Public()
  @HttpCode(200)
  @Post('logout')
  async logOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<{ msg: string }> {
    await this.signOuts.signOut(request, response);
    return SIGNED_OUT;
  }

  /** For clients of the tutorial. The origin policy treats it as a write. */
  @Operation({
    summary: 'Sign out, for old clients',
    ignoresBody: true,
    response: signedOutSchema,
    headers: ['Set-Cookie'],
  })
  @Public()
  @Get('logout')
  logOutByGet(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<{ msg: string }> {
    return this.logOut(request, response);
  }
}
