import { Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { LiveSession } from '../sessions/session.types.js';
import { loginView, SIGNED_OUT, type LoginView } from './auth.views.js';
import { CurrentSession, CurrentUser } from './current-user.decorator.js';
import { LocalAuthGuard } from './local-auth.guard.js';
import { Public } from './public.decorator.js';
import { SignOutService } from './sign-out.service.js';

@Controller('users')
export class AuthController {
  constructor(private readonly signOuts: SignOutService) {}

  @Public()
  @UseGuards(LocalAuthGuard)
  @HttpCode(200)
  @Post('login')
  logIn(@CurrentUser() user: Express.User, @CurrentSession() session: LiveSession): LoginView {
    return loginView(user, session);
  }

  @Get('protected')
  protected(@CurrentUser() user: Express.User): Express.User {
    return user;
  }

  @Public()
  @HttpCode(200)
  @Post('logout')
  async logOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<{ msg: string }> {
    await this.signOuts.signOut(request, response);
    return SIGNED_OUT;
  }

  /** Kept for the clients of the tutorial; counted as a write by the origin policy. */
  @Public()
  @Get('logout')
  logOutByGet(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<{ msg: string }> {
    return this.logOut(request, response);
  }
}
