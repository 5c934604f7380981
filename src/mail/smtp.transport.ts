import { createTransport, type Transporter } from 'nodemailer';
import type { SmtpServer } from '../config/mail-settings.js';
import { DeliveryFailed, DeliveryRejected } from '../outbox/delivery-errors.js';
import type { MailTransport, OutgoingMail } from './mail.transport.js';

/** Milliseconds. Each is shorter than an attempt of the outbox (45 s), which aborts an attempt that takes longer in total. */
const TIMEOUTS = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
/** A permanent rejection of these commands is about the mail itself, not about the connection. */
const ABOUT_THE_MAIL = /^(RCPT TO|DATA)$/;

/** Errors of nodemailer. */
interface SmtpError extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
}

/** Sends by SMTP. Imported when the first mail is sent, since loading nodemailer takes a tenth of a second. */
export class SmtpTransport implements MailTransport {
  private readonly transporter: Transporter;

  /** @param timeouts of single steps, in milliseconds */
  constructor({ host, port, secure, loopback, auth }: SmtpServer, timeouts: Partial<typeof TIMEOUTS> = {}) {
    this.transporter = createTransport({
      host,
      port,
      secure,
      auth,
      requireTLS: !secure && !loopback,
      opportunisticTLS: loopback,
      // A connection to this machine cannot be intercepted, so any certificate will do.
      tls: { minVersion: 'TLSv1.2', rejectUnauthorized: secure || !loopback },
      ...TIMEOUTS,
      ...timeouts,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ from, to, ...mail }: OutgoingMail, signal: AbortSignal): Promise<void> {
    const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
    try {
      // As an object: nodemailer parses a string, which may contain several recipients.
      await this.transporter.sendMail({ ...mail, from, to: { name: '', address: to }, headers, signal });
    } catch (error) {
      throw failureOf(error as SmtpError);
    }
  }

  async verify(): Promise<void> {
    try {
      await this.transporter.verify();
    } catch (error) {
      throw failureOf(error as SmtpError);
    }
  }
}

/** Connection errors, 4xx, and 5xx before RCPT say nothing about the mail, so it is retried. */
function failureOf(error: SmtpError): DeliveryFailed {
  const { code = error.name, command = '', responseCode } = error;
  if (!responseCode) return new DeliveryFailed(code, { cause: error });
  const reason = `${responseCode} to ${command}`;
  const final = responseCode >= 500 && ABOUT_THE_MAIL.test(command);
  return final ? new DeliveryRejected(reason, { cause: error }) : new DeliveryFailed(reason, { cause: error });
}
