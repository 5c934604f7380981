import type { Db } from 'mongodb';
import type { AppConfig } from '../../config/app.config.js';
import { reasonOf } from '../../outbox/delivery-errors.js';
import { failed, warning, type Problem } from './check.types.js';

const LONG_WAIT_MS = 15 * 60_000;
const RECENT_MS = 24 * 3_600_000;

/** Connects to the mail server, signs in, and sends nothing. */
export async function mailServerProblems({ mail, frontendUrl, production }: AppConfig): Promise<Problem[]> {
  if (!mail || 'mailbox' in mail.server) return [];
  const problems = production && frontendUrl.startsWith('http:') ? [plainLinks()] : [];
  const { SmtpTransport } = await import('../../mail/smtp.transport.js');
  try {
    await new SmtpTransport(mail.server).verify();
  } catch (error) {
    problems.push(unusable(reasonOf(error)));
  }
  return problems;
}

/** Mails that wait long or were given up. */
export async function outboxProblems(db: Db): Promise<Problem[]> {
  const outbox = db.collection('outbox');
  const dead = await outbox.countDocuments({ deadAt: { $gte: new Date(Date.now() - RECENT_MS) } });
  const late = await outbox.countDocuments({
    nextAt: { $exists: true },
    createdAt: { $lte: new Date(Date.now() - LONG_WAIT_MS) },
  });
  return [...(dead > 0 ? [givenUp(dead)] : []), ...(late > 0 ? [waiting(late)] : [])];
}

const plainLinks = (): Problem =>
  warning(
    'mail_links_plain',
    'FRONTEND_URL is http: the tokens of links can be read on the way',
    'Use https for FRONTEND_URL.',
  );

const unusable = (reason: string): Problem =>
  failed(
    'mail_server_unusable',
    `The server of MAIL_URL takes no mail (${reason})`,
    'Check MAIL_URL: host, port, TLS, user and password; then npm run cli -- mail test ADDRESS. docs/mail.md explains the reasons.',
  );

const givenUp = (count: number): Problem =>
  warning(
    'outbox_dead_letters',
    `${count} deliveries were given up in the last 24 hours`,
    'npm run cli -- mail list shows them with their reasons.',
  );

const waiting = (count: number): Problem =>
  warning(
    'outbox_waiting',
    `${count} deliveries have waited for more than 15 minutes`,
    'npm run cli -- mail list shows why: usually the mail server does not take them.',
  );
