import { Controller, Delete, HttpCode, Put, Req, UseGuards } from '@nestjs/common';
import { Operation } from '../http/operation.decorator.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
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
    // Which of the two bodies is valid depends on the account.
    body: passwordChangeBody.partial({ currentPassword: true }),
    response: passwordChangeSchema,
    errors: ['wrong_password', 'reauthentication_required', 'rate_limited', 'overloaded'],
  })
  @Put()
  async change(@Req() request: SignedInRequest): Promise<PasswordChangeView> {
    return { msg: 'Password changed', revokedSessions: await this.passwords.change(request) };
  }

  @Operation({
    summary: 'Remove the password',
    description: `Needs a passkey or a linked provider to sign in with. Ends every other session and gives this one a new id.
Also 204 when the account has no password.`,
    errors: ['last_sign_in_method'],
  })
  @UseGuards(RecentSignInGuard)
  @HttpCode(204)
  @Delete()
  remove(@Req() request: SignedInRequest): Promise<void> {
    return this.passwords.remove(request);
  }
}
