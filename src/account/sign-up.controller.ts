import { Body, Controller, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Operation } from '../http/operation.decorator.js';
import { Public } from '../http/public.decorator.js';
import { signupBody, type SignupBody } from '../users/users.schemas.js';
import { signupSchema, signupView, type SignupView } from '../users/users.views.js';
import { SignUpService } from './sign-up.service.js';

@Controller('users/signup')
export class SignUpController {
  constructor(private readonly signUps: SignUpService) {}

  @Operation({
    summary: 'Create an account',
    description: 'Does not sign in. Where mail is on, a code that verifies `email` is mailed to it.',
    response: signupSchema,
    errors: ['username_taken', 'rate_limited', 'overloaded'],
  })
  @Public()
  @Post()
  async create(@Req() request: Request, @Body({ schema: signupBody }) body: SignupBody): Promise<SignupView> {
    return signupView(await this.signUps.signUp(body, request));
  }
}
