import { Body, Controller, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Operation } from '../openapi/operation.decorator.js';
import {
  passwordChangeBody,
  passwordChangeSchema,
  type PasswordChangeBody,
  type PasswordChangeView,
} from './account.schemas.js';
import { PasswordService } from './password.service.js';

@Controller('users/me/password')
export class PasswordController {
  constructor(private readonly passwords: PasswordService) {}

  @Operation({
    summary: 'Change the password',
    description: 'Ends every other session and gives this one a new id.',
    answer: passwordChangeSchema,
    errors: ['wrong_password', 'rate_limited', 'overloaded'],
  })
  @Put()
  async change(
    @Req() request: Request,
    @Body({ schema: passwordChangeBody }) body: PasswordChangeBody,
  ): Promise<PasswordChangeView> {
    return { msg: 'Password changed', revokedSessions: await this.passwords.change(request, body) };
  }
}
