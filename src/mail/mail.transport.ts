import type { MailContent } from './mail-content.js';
import type { Mailbox } from '../config/mail-settings.js';

/** A mail that is ready to be sent. */
export interface OutgoingMail extends MailContent {
  from: Mailbox;
  /** One validated email address, without a name. */
  to: string;
  /** With its angle brackets; the same at every attempt. */
  messageId: string;
}

export interface MailTransport {
  /** @throws {DeliveryRejected} when another attempt cannot succeed; {DeliveryFailed} otherwise */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
  /** Connects and signs in, and sends nothing. @throws {DeliveryFailed} */
  verify(): Promise<void>;
}
