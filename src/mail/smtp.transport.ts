import { createTransport, type Transporter } from 'nodemailer';
import type { SmtpServer } from '../config/mail-settings.js';
import { DeliveryFailed, DeliveryRejected } from '../outbox/delivery-errors.js';
import type { MailTransport, OutgoingMail } from './mail.transport.js';

/** Each step is shorter than an attempt of the outbox (45 s); the outbox aborts what adds up to more. */
const TIMEOUTS = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
/** The commands whose permanent rejection is about this very mail and not about the connection. */
const ABOUT_THE_MAIL = /^(RCPT TO|DATA)$/;

/** What nodemailer adds to its errors. */
interface SmtpError extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
}

/** Sends by SMTP. Loaded with the first mail: the library takes a tenth of a second. */
export class SmtpTransport implements MailTransport {
  private readonly transporter: Transporter;

  constructor({ host, port, secure, loopback, auth }: SmtpServer) {
    this.transporter = createTransport({
      host,
      port,
      secure,
      auth,
      requireTLS: !secure && !loopback,
      opportunisticTLS: loopback,
      // The certificate of a server on this machine proves nothing that the connection does not prove.
      tls: { minVersion: 'TLSv1.2', rejectUnauthorized: secure || !loopback },
      ...TIMEOUTS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ from, to, ...mail }: OutgoingMail, signal: AbortSignal): Promise<void> {
    const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
    try {
      // As an object: a text is parsed, and may name more recipients than one.
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

/** Connection faults, 4xx, and 5xx before RCPT say nothing about the mail, so it is tried again. */
function failureOf(error: SmtpError): DeliveryFailed {
  const { code = error.name, command = '', responseCode } = error;
  if (!responseCode) return new DeliveryFailed(code, { cause: error });
  const reason = `${responseCode} to ${command}`;
  const final = responseCode >= 500 && ABOUT_THE_MAIL.test(command);
  return final ? new DeliveryRejected(reason, { cause: error }) : new DeliveryFailed(reason, { cause: error });
}
