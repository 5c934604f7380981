import { Body, Controller, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { loginSchema, type LoginView } from '../auth/auth.views.js';
import { Public } from '../http/public.decorator.js';
import { WithoutDatabase } from '../database/database-ready.guard.js';
import { Operation } from '../http/operation.decorator.js';
import { PasskeySignInService } from './passkey-sign-in.service.js';
import { PasskeysEnabledGuard } from './passkeys-enabled.guard.js';
import { passkeySignInBody, type PasskeySignInBody } from './passkeys.schemas.js';
import { requestSchema, type RequestView } from './passkeys.views.js';

@Public()
@UseGuards(PasskeysEnabledGuard)
@Controller('users/login/passkey')
export class PasskeySignInController {
  constructor(private readonly signIns: PasskeySignInService) {}

  @Operation({
    summary: 'Options for a sign-in by passkey',
    description: 'Input of `PublicKeyCredential.parseRequestOptionsFromJSON()`. Valid for five minutes.',
    response: requestSchema,
    errors: ['not_found'],
  })
  @WithoutDatabase()
  @HttpCode(200)
  @Post('options')
  async options(): Promise<RequestView> {
    return { options: await this.signIns.options() };
  }

  @Operation({
    summary: 'Sign in by passkey',
    description: `Needs neither a username nor a second factor. \`unknown_passkey\`: the passkey is not registered; a client
may report that to its password manager with \`PublicKeyCredential.signalUnknownCredential()\`.`,
    response: loginSchema,
    headers: ['Set-Cookie'],
    errors: [
      'not_found',
      'invalid_credentials',
      'unknown_passkey',
      'account_disabled',
      'session_limit_reached',
      'rate_limited',
      'overloaded',
    ],
  })
  @HttpCode(200)
  @Post()
  signIn(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: passkeySignInBody }) body: PasskeySignInBody,
  ): Promise<LoginView> {
    return this.signIns.signIn(request, response, body);
  }
}
