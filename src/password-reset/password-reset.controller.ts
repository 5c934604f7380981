import { Body, Controller, HttpCode, Post, Put, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { Operation } from '../http/operation.decorator.js';
import { Public } from '../http/public.decorator.js';
import { MailEnabledGuard } from '../mail/mail-enabled.guard.js';
import { IpRateLimiterService } from '../rate-limits/ip-rate-limiter.service.js';
import {
  resetBody,
  resetRequestBody,
  resetStatusBody,
  type ResetBody,
  type ResetRequestBody,
  type ResetStatusBody,
} from './password-reset.schemas.js';
import { PasswordResetService } from './password-reset.service.js';
import {
  RESET_REQUESTED,
  resetDoneSchema,
  resetRequestedSchema,
  resetStatusSchema,
  resetStatusView,
  type ResetDoneView,
  type ResetStatusView,
} from './password-reset.views.js';
import { ResetMailsService } from './reset-mails.service.js';

@Public()
@Controller('password-resets')
export class PasswordResetController {
  constructor(
    private readonly mails: ResetMailsService,
    private readonly resets: PasswordResetService,
    private readonly limits: IpRateLimiterService,
  ) {}

  @Operation({
    summary: 'Request a link to reset a password',
    description: `The response is the same whether the account exists or not. The link is mailed to the verified email
address of the account; an account without one gets no mail.`,
    response: resetRequestedSchema,
    errors: ['not_found', 'rate_limited'],
  })
  @UseGuards(MailEnabledGuard)
  @HttpCode(202)
  @Post()
  async request(
    @Req() request: Request,
    @Body({ schema: resetRequestBody }) body: ResetRequestBody,
  ): Promise<{ msg: string }> {
    await this.limits.countMail(request);
    await this.mails.request(body);
    return RESET_REQUESTED;
  }

  @Operation({
    summary: 'Check the token of a link',
    description: 'Does not use up the token.',
    response: resetStatusSchema,
    errors: ['invalid_token', 'rate_limited'],
  })
  @HttpCode(200)
  @Post('status')
  async status(
    @Req() request: Request,
    @Body({ schema: resetStatusBody }) { token }: ResetStatusBody,
  ): Promise<ResetStatusView> {
    return resetStatusView(await this.resets.status(request, token));
  }

  @Operation({
    summary: 'Set a new password with the token of a link',
    description: `Ends every session of the account and does not sign in. An account with a second factor needs one of
\`code\`, \`recoveryCode\` and \`credential\` as well.`,
    response: resetDoneSchema,
    headers: ['Set-Cookie'],
    errors: ['invalid_token', 'code_required', 'wrong_code', 'rate_limited', 'overloaded'],
  })
  @Put()
  async reset(@Req() request: Request, @Body({ schema: resetBody }) body: ResetBody): Promise<ResetDoneView> {
    return { msg: 'Password reset', revokedSessions: await this.resets.reset(request, body) };
  }
}
