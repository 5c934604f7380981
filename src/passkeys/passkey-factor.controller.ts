import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { Operation } from '../http/operation.decorator.js';
import { Public } from '../http/public.decorator.js';
import { CurrentSession } from '../sessions/current-user.decorator.js';
import type { ActiveSession } from '../sessions/session.types.js';
import { PasskeyFactorService } from './passkey-factor.service.js';
import { PasskeysEnabledGuard } from './passkeys-enabled.guard.js';
import { continuationBody, type ContinuationBody } from './passkeys.schemas.js';
import { requestSchema, type RequestView } from './passkeys.views.js';

/** Options for a passkey of a known account. */
@UseGuards(PasskeysEnabledGuard)
@Controller()
export class PasskeyFactorController {
  constructor(private readonly factor: PasskeyFactorService) {}

  @Operation({
    summary: 'Options for a passkey as the second factor of a sign-in',
    description: 'Send the assertion as `credential` to `POST /users/login/second-factor`.',
    response: requestSchema,
    errors: ['not_found', 'sign_in_expired', 'account_disabled'],
  })
  @Public()
  @HttpCode(200)
  @Post('users/login/second-factor/options')
  async signIn(@Body({ schema: continuationBody }) { continuation }: ContinuationBody): Promise<RequestView> {
    return { options: await this.factor.signInOptions(continuation) };
  }

  @Operation({
    summary: 'Options for a re-authentication by passkey',
    description: 'Send the assertion as `credential` to `POST /sessions/current/reauthentication`.',
    response: requestSchema,
    errors: ['not_found'],
  })
  @HttpCode(200)
  @Post('sessions/current/reauthentication/options')
  async reauthentication(@CurrentSession() session: ActiveSession): Promise<RequestView> {
    return { options: await this.factor.reauthenticationOptions(session) };
  }
}
