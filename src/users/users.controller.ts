import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentSession } from '../auth/current-user.decorator.js';
import { Public } from '../auth/public.decorator.js';
import type { LiveSession } from '../sessions/session.types.js';
import { profileView, signupView, type ProfileView, type SignupView } from './users.views.js';
import { signupBody, type SignupBody } from './users.schemas.js';
import { UsersService } from './users.service.js';

@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Public()
  @Post('signup')
  async signUp(@Req() { deadline }: Request, @Body({ schema: signupBody }) body: SignupBody): Promise<SignupView> {
    return signupView(await this.users.signUp(body, deadline));
  }

  @Get('me')
  me(@CurrentSession() session: LiveSession): ProfileView {
    return profileView(session);
  }
}
