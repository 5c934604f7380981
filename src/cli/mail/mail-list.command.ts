import type { Command } from 'commander';
import { OutboxRepository } from '../../outbox/outbox.repository.js';
import type { OutboxJob } from '../../outbox/outbox.types.js';
import { withApp } from '../app-context.js';
import { command, UsageError, type Outcome } from '../command.js';

const DEFAULT_LIMIT = 100;

interface ListedMail {
  id: string;
  kind: string;
  /** `waiting`, `sending` (under a lease) or `dead`. */
  state: 'waiting' | 'sending' | 'dead';
  /** Absent if the recipient is looked up when the mail is sent. */
  to?: string;
  attempts: number;
  createdAt: string;
  /** Only for waiting mails. */
  nextAt?: string;
  expiresAt: string;
  lastFailure?: string;
}

export const mailList = (): Command =>
  command('list', 'mails that wait and those that were given up, newest first', list).option(
    '--limit <count>',
    'how many',
    String(DEFAULT_LIMIT),
  );

async function list({ limit }: { limit: string }): Promise<Outcome> {
  if (!/^[1-9]\d{0,5}$/.test(limit)) throw new UsageError('--limit is a whole number from 1 to 999999.');
  return withApp(async (app) => {
    const jobs = await app.get(OutboxRepository, { strict: false }).list(Number(limit));
    const items = jobs.map(listed);
    return { lines: items.length > 0 ? items.map(line) : ['No mail waits, and none was given up.'], json: { items } };
  });
}

/** Leaves out the nonce and everything else that a secret could be derived from. */
function listed({ _id, kind, payload, attempts, createdAt, nextAt, ...job }: OutboxJob): ListedMail {
  const to = (payload as { to?: unknown } | null)?.to;
  return {
    id: _id.toHexString(),
    kind,
    state: job.deadAt ? 'dead' : job.leaseId ? 'sending' : 'waiting',
    ...(typeof to === 'string' && { to }),
    attempts,
    createdAt: createdAt.toISOString(),
    ...(nextAt && { nextAt: nextAt.toISOString() }),
    expiresAt: job.expiresAt.toISOString(),
    ...(job.lastFailure && { lastFailure: job.lastFailure }),
  };
}

const line = ({ id, state, kind, to = '-', attempts, createdAt, nextAt, lastFailure }: ListedMail): string =>
  [
    id,
    state.padEnd(7),
    kind,
    to,
    `created ${createdAt}`,
    `attempts ${attempts}`,
    ...(nextAt ? [`next ${nextAt}`] : []),
    ...(lastFailure ? [`last failure: ${lastFailure}`] : []),
  ].join('  ');
