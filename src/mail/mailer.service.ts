import { Inject, Injectable } from '@nestjs/common';
import type { ObjectId } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DeliveryRejected } from '../outbox/delivery-errors.js';
import { asciiEmail } from '../users/email-address.js';
import type { MailContent } from './mail-content.js';
import type { MailTransport } from './mail.transport.js';

/** Hands mails to the server of MAIL_URL. */
@Injectable()
export class MailerService {
  private transport?: Promise<MailTransport>;

  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  /**
   * Sends one mail. If the connection is lost before the server confirms it, a retry may deliver it twice, with the same
   * Message-ID.
   * @param mail `id`: of the outbox job; `to`: one email address, as stored
   * @throws {DeliveryRejected} if `to` is no email address, or if the server permanently rejects the recipient or the mail
   * @throws {DeliveryFailed} for temporary failures
   */
  async send(
    { id, to, content }: { id: ObjectId; to: string; content: MailContent },
    signal = new AbortController().signal,
  ): Promise<void> {
    const { mail } = this.config;
    const address = asciiEmail(to);
    if (!mail) throw new DeliveryRejected('mail is off');
    if (!address) throw new DeliveryRejected('not an email address');
    const messageId = `<${id.toHexString()}@${mail.from.address.split('@')[1]}>`;
    const transport = await this.connect();
    await transport.send({ ...content, from: mail.from, to: address, messageId }, signal);
  }

  /** Connects to the server and signs in, and sends nothing. @throws {DeliveryFailed} */
  async verify(): Promise<void> {
    await (await this.connect()).verify();
  }

  private connect(): Promise<MailTransport> {
    return (this.transport ??= openTransport(this.config));
  }
}

async function openTransport({ mail }: AppConfig): Promise<MailTransport> {
  const { server } = mail!;
  if ('mailbox' in server) return new (await import('./mailbox/mailbox.js')).Mailbox(server.mailbox);
  return new (await import('./smtp.transport.js')).SmtpTransport(server);
}
