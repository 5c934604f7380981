import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Operation } from '../http/operation.decorator.js';
import { Public } from '../http/public.decorator.js';
import { secondStepBody, type SecondStepBody } from './second-factor.schemas.js';
import { secondStepSchema, type SecondStepView } from './second-factor.views.js';
import { SecondStepService } from './second-step.service.js';

@Controller('users/login/second-factor')
export class SecondStepController {
  constructor(private readonly steps: SecondStepService) {}

  @Operation({
    summary: 'Complete a sign-in with a second factor',
    description: `Send one of \`code\`, \`recoveryCode\` and \`credential\`. A wrong one leaves the continuation good.
Responses 409 and 503 leave the code good as well: send the same request again.`,
    response: secondStepSchema,
    headers: ['Set-Cookie'],
    errors: [
      'sign_in_expired',
      'wrong_code',
      'account_disabled',
      'session_limit_reached',
      'session_revoked',
      'rate_limited',
      'overloaded',
    ],
  })
  @Public()
  @HttpCode(200)
  @Post()
  create(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: secondStepBody }) body: SecondStepBody,
  ): Promise<SecondStepView> {
    return this.steps.complete(request, response, body);
  }
}
