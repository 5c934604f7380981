import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { Operation } from '../http/operation.decorator.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { sessionView, type SessionView } from '../sessions/devices/session.views.js';
import { reauthenticationBody, type ReauthenticationBody } from './auth.schemas.js';
import { reauthenticationSchema } from './auth.views.js';
import { ReauthenticationService } from './reauthentication.service.js';

/** Re-authentication: the user proves their identity again, for actions that need a recent sign-in. */
@Controller('sessions/current/reauthentication')
export class ReauthenticationController {
  constructor(private readonly reauthentications: ReauthenticationService) {}

  @Operation({
    summary: 'Prove again who you are',
    description: `For actions that need a recent sign-in. The session gets a new id and new deadlines. Send the password, and if a
second factor is on one of \`code\`, \`recoveryCode\` and \`credential\`; or a passkey as \`credential\` alone.`,
    response: reauthenticationSchema,
    errors: ['wrong_password', 'code_required', 'wrong_code', 'rate_limited', 'overloaded'],
  })
  @HttpCode(200)
  @Post()
  async create(
    @Req() request: SignedInRequest,
    @Body({ schema: reauthenticationBody }) body: ReauthenticationBody,
  ): Promise<{ session: SessionView }> {
    const session = await this.reauthentications.reauthenticate(request, body);
    return { session: sessionView(session, session.publicId) };
  }
}
