import { Module } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../../config/app.config.js';
import { Mailbox } from './mailbox.js';
import { MailboxController } from './mailbox.controller.js';

/** The mailbox of `npm start`, which is the only entry that adds this module: production has no such routes. */
@Module({
  controllers: [MailboxController],
  providers: [{ provide: Mailbox, inject: [APP_CONFIG], useFactory: mailboxOf }],
})
export class MailboxModule {}

function mailboxOf({ mail }: AppConfig): Mailbox {
  const server = mail?.server;
  if (!server || !('mailbox' in server)) throw new Error('MAIL_URL names no mailbox');
  return new Mailbox(server.mailbox);
}
