import { Body, Controller, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import { passwordChangeBody, type PasswordChangeBody } from './account.schemas.js';
import { PasswordService } from './password.service.js';

export interface PasswordChangeView {
  msg: string;
  revokedSessions: number;
}

@Controller('users/me/password')
export class PasswordController {
  constructor(private readonly passwords: PasswordService) {}

  @Put()
  async change(
    @Req() request: Request,
    @Body({ schema: passwordChangeBody }) body: PasswordChangeBody,
  ): Promise<PasswordChangeView> {
    return { msg: 'Password changed', revokedSessions: await this.passwords.change(request, body) };
  }
}
