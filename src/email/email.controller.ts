import { Body, Controller, Delete, HttpCode, Post, Put, Req, UseGuards } from '@nestjs/common';
import { Operation } from '../http/operation.decorator.js';
import { MailEnabledGuard } from '../mail/mail-enabled.guard.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { codeBody, emailBody, type CodeBody, type EmailBody } from './email.schemas.js';
import { EmailService } from './email.service.js';
import {
  changeRequestedSchema,
  changeRequestedView,
  codeSentSchema,
  codeSentView,
  verifiedSchema,
  type ChangeRequestedView,
  type CodeSentView,
  type VerifiedView,
} from './email.views.js';

@Controller('users/me/email')
export class EmailController {
  constructor(private readonly emails: EmailService) {}

  @Operation({
    summary: 'Request a change of the email address',
    description: `Mails a code to the new address. A verified address stays in force until the code is typed; an
unverified one is replaced at once. The response is the same if the new address belongs to another account.`,
    response: changeRequestedSchema,
    errors: ['not_found', 'nothing_to_verify', 'rate_limited'],
  })
  @UseGuards(MailEnabledGuard, RecentSignInGuard)
  @HttpCode(202)
  @Put()
  async requestChange(
    @Req() request: SignedInRequest,
    @Body({ schema: emailBody }) { email }: EmailBody,
  ): Promise<ChangeRequestedView> {
    return changeRequestedView(email, await this.emails.requestChange(request, email));
  }

  @Operation({
    summary: 'Remove the email address',
    description:
      'A verified address stays reserved for EMAIL_CHANGE_UNDO, and its notice has a link to undo the removal.',
  })
  @UseGuards(RecentSignInGuard)
  @HttpCode(204)
  @Delete()
  remove(@Req() request: SignedInRequest): Promise<void> {
    return this.emails.remove(request);
  }

  @Operation({
    summary: 'Mail a new code for the pending or unverified email address',
    description: 'Voids the previous code.',
    response: codeSentSchema,
    errors: ['not_found', 'nothing_to_verify', 'rate_limited'],
  })
  @UseGuards(MailEnabledGuard)
  @HttpCode(202)
  @Post('verification')
  async requestCode(@Req() request: SignedInRequest): Promise<CodeSentView> {
    return codeSentView(await this.emails.requestCode(request));
  }

  @Operation({
    summary: 'Verify the email address with its code',
    description: 'A code is void after five tries.',
    response: verifiedSchema,
    errors: ['not_found', 'wrong_code', 'email_taken'],
  })
  @UseGuards(MailEnabledGuard)
  @Put('verification')
  async verify(@Req() request: SignedInRequest, @Body({ schema: codeBody }) { code }: CodeBody): Promise<VerifiedView> {
    return { email: await this.emails.verify(request, code), emailVerified: true };
  }
}
