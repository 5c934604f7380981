import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentSession } from '../sessions/current-user.decorator.js';
import { Public } from '../http/public.decorator.js';
import { Operation } from '../http/operation.decorator.js';
import type { ActiveSession } from '../sessions/session.types.js';
import {
  profileSchema,
  profileView,
  signupSchema,
  signupView,
  type ProfileView,
  type SignupView,
} from './users.views.js';
import { signupBody, type SignupBody } from './users.schemas.js';
import { UsersService } from './users.service.js';

@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Operation({
    summary: 'Create an account',
    description: 'Does not sign in.',
    response: signupSchema,
    errors: ['username_taken', 'rate_limited', 'overloaded'],
  })
  @Public()
  @Post('signup')
  async signUp(@Req() request: Request, @Body({ schema: signupBody }) body: SignupBody): Promise<SignupView> {
    return signupView(await this.users.signUp(body, request));
  }

  @Operation({ summary: 'Who is signed in, and by which session', response: profileSchema })
  @Get('me')
  me(@CurrentSession() session: ActiveSession): ProfileView {
    return profileView(session);
  }
}
