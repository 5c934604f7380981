import type { Command } from 'commander';
import { ObjectId } from 'mongodb';
import { MailerService } from '../../mail/mailer.service.js';
import { testMail } from '../../mail/messages/test.mail.js';
import { DeliveryFailed } from '../../outbox/delivery-errors.js';
import { withApp } from '../app-context.js';
import { CommandError, command, UsageError, type Outcome } from '../command.js';
import { asciiEmail } from '../../users/email-address.js';

export const mailTest = (): Command =>
  command('test', 'send a test mail now, and print the response of the server', test).argument('<address>');

async function test(to: string): Promise<Outcome> {
  if (!asciiEmail(to)) throw new UsageError(`${JSON.stringify(to)} is no email address.`);
  return withApp(async (app, { mail, appName }) => {
    if (!mail) throw new CommandError('mail_off', 'Mail is off: set MAIL_URL and MAIL_FROM.');
    const content = testMail({ appName, userName: to, at: new Date() });
    await app.get(MailerService, { strict: false }).send({ id: new ObjectId(), to, content }).catch(explain);
    const { server } = mail;
    const line = 'mailbox' in server ? `Kept in ${server.mailbox}; npm start shows it.` : 'The mail server took it.';
    return { lines: [line], json: { to, accepted: true } };
  });
}

function explain(error: unknown): never {
  if (!(error instanceof DeliveryFailed)) throw error;
  throw new CommandError('mail_failed', `The mail was not sent: ${error.reason}. docs/mail.md says what it means.`);
}
