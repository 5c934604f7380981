import { Body, Controller, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { Operation } from '../http/operation.decorator.js';
import { Public } from '../http/public.decorator.js';
import { MailEnabledGuard } from '../mail/mail-enabled.guard.js';
import { undoBody, type UndoBody } from './email.schemas.js';
import { undoneSchema, type UndoneView } from './email.views.js';
import { EmailUndosService } from './email-undos.service.js';

@Controller('email-changes')
export class EmailChangesController {
  constructor(private readonly undos: EmailUndosService) {}

  @Operation({
    summary: 'Undo a change of the email address',
    description: `Restores the email address that the link was mailed to and ends every session. The password is disabled
until it is reset; a link for that is mailed to the restored address.`,
    response: undoneSchema,
    errors: ['not_found', 'invalid_token', 'rate_limited'],
  })
  @Public()
  @UseGuards(MailEnabledGuard)
  @HttpCode(200)
  @Post('undo')
  async undo(@Req() request: Request, @Body({ schema: undoBody }) { token }: UndoBody): Promise<UndoneView> {
    return { msg: 'Email address restored', revokedSessions: await this.undos.undo(request, token) };
  }
}
