import { Controller, Delete, Get, Header, HttpCode, Inject, Query, SetMetadata, UseGuards } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '../../http/public.decorator.js';
import { APP_CONFIG, type AppConfig } from '../../config/app.config.js';
import { WithoutDatabase } from '../../database/database-ready.guard.js';
import { LoopbackHostGuard } from './loopback-host.guard.js';
import { Mailbox, type KeptMail } from './mailbox.js';
import { CONTENT_SECURITY_POLICY, mailboxPage } from './mailbox.page.js';

/** Same as ApiExcludeController of @nestjs/swagger, which is loaded for the OpenAPI document only. */
const NotInOpenApi = SetMetadata('swagger/apiExcludeController', [true]);

const listQuery = z.strictObject({ to: z.string().max(254).optional() });

/** The mailbox of `npm start`, as JSON and as a page. */
@NotInOpenApi
@Public()
@WithoutDatabase()
@UseGuards(LoopbackHostGuard)
@Controller('dev')
export class MailboxController {
  constructor(
    private readonly mailbox: Mailbox,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  @Get('mail')
  async list(@Query({ schema: listQuery }) { to }: z.output<typeof listQuery>): Promise<{ items: KeptMail[] }> {
    return { items: await this.mailbox.list(to) };
  }

  @HttpCode(204)
  @Delete('mail')
  clear(): Promise<void> {
    return this.mailbox.clear();
  }

  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', CONTENT_SECURITY_POLICY)
  @Get('mailbox')
  async page(): Promise<string> {
    return mailboxPage(await this.mailbox.list(), this.config);
  }
}
