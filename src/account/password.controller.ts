import { Controller, Put, Req } from '@nestjs/common';
import { Operation } from '../http/operation.decorator.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { passwordChangeBody, passwordChangeSchema, type PasswordChangeView } from './account.schemas.js';
import { PasswordService } from './password.service.js';

@Controller('users/me/password')
export class PasswordController {
  constructor(private readonly passwords: PasswordService) {}

  @Operation({
    summary: 'Change the password, or set the first one',
    description: `Ends every other session and gives this one a new id. An account that has no password yet, because a
provider signs in to it, leaves out \`currentPassword\` and needs a recent sign-in instead.`,
    // Which of the two it has to be is known once the account was read.
    body: passwordChangeBody.partial({ currentPassword: true }),
    response: passwordChangeSchema,
    errors: ['wrong_password', 'reauthentication_required', 'rate_limited', 'overloaded'],
  })
  @Put()
  async change(@Req() request: SignedInRequest): Promise<PasswordChangeView> {
    return { msg: 'Password changed', revokedSessions: await this.passwords.change(request) };
  }
}
