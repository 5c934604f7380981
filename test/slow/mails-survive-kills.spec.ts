import { MongoClient, type Db } from 'mongodb';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshEmail, PASSWORD } from '../support/accounts.js';
import { ask, signUpAt } from '../support/http.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { databaseUri, freshDatabase, testSettings } from '../support/test-app.js';

const ACCOUNTS = 8;
const CHANGES_EACH = 25;
const KILL_EVERY_MS = 4_000;
const SMTP_TURN_MS = 2_000;
const PASSWORDS = [PASSWORD, 'another good horse battery'];
/** Deliveries of one process at the same time: so many mails can arrive twice when it dies. */
const CONCURRENT = 4;
const CHANGED = 'Your password was changed';

interface Owner {
  username: string;
  email: string;
}

let smtp: SmtpServer;
let client: MongoClient;
let db: Db;
let settings: NodeJS.ProcessEnv;
const processes: AppProcess[] = [];

beforeAll(async () => {
  smtp = await SmtpServer.start();
  const name = freshDatabase();
  settings = testSettings({ ...smtp.settings, MONGODB_URI: databaseUri(name), LOGIN_FREE_FAILURES: '100' });
  client = await new MongoClient(databaseUri(name)).connect();
  db = client.db(name);
  processes.push(await startProcess(settings), await startProcess(settings));
});
afterAll(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  await db.dropDatabase();
  await client.close();
  await smtp.close();
});

async function owner(): Promise<Owner> {
  const { username } = await signUpAt(processes[0]!.url);
  const email = freshEmail();
  await db.collection('users').updateOne({ username }, { $set: { email, emailVerifiedAt: new Date() } });
  return { username, email };
}

/** Changes the password until one change is acknowledged: a process may die at any moment, before or after the commit. */
async function change({ username }: Owner, n: number): Promise<void> {
  for (let attempt = n; ; attempt++) {
    const { url } = processes[attempt % 2]!;
    try {
      for (const [i, password] of PASSWORDS.entries()) {
        const { status, cookies } = await ask(`${url}/users/login`, { body: { username, password } });
        if (status !== 200) continue;
        const body = { currentPassword: password, newPassword: PASSWORDS[1 - i] };
        const cookie = cookies.join('; ');
        if ((await ask(`${url}/users/me/password`, { method: 'PUT', body, cookie })).status === 200) return;
      }
    } catch {
      // The process is dead; the other one lives, and this one is started again.
    }
    await delay(50);
  }
}

/** The server rejects every connection in every second turn. */
async function disturbSmtp(until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    smtp.fail('greeting', 421);
    await delay(SMTP_TURN_MS);
    smtp.heal();
    await delay(SMTP_TURN_MS);
  }
}

/** @returns how many processes were killed */
async function killInTurn(until: AbortSignal): Promise<number> {
  let kills = 0;
  for (;;) {
    await delay(KILL_EVERY_MS);
    if (until.aborted) return kills;
    const victim = kills++ % 2;
    await processes[victim]!.kill();
    processes[victim] = await startProcess(settings);
  }
}

/** Retries wait for up to 30 minutes; leases of dead processes keep their time. */
async function hurryRetries(): Promise<void> {
  await db.collection('outbox').updateMany({ leaseId: { $exists: false } }, { $set: { nextAt: new Date() } });
}

// Takes longer than 10 s: two hundred changes, and then the leases of the processes that were killed last, a minute.
it('of 200 changes, with SIGKILL in between and SMTP down half of the time, every mail arrives', async () => {
  const owners = await Promise.all(Array.from({ length: ACCOUNTS }, owner));
  const over = new AbortController();
  const disturbances = [disturbSmtp(over.signal), killInTurn(over.signal)] as const;
  await Promise.all(
    owners.map(async (one) => {
      for (let n = 0; n < CHANGES_EACH; n++) await change(one, n);
    }),
  );
  over.abort();
  const [, kills] = await Promise.all(disturbances);
  smtp.heal();
  while ((await db.collection('outbox').countDocuments()) > 0) {
    await hurryRetries();
    await delay(500);
  }

  const mailsTo = (email: string) =>
    smtp.mails.filter(({ envelopeTo, subject }) => envelopeTo.includes(email) && subject === CHANGED);
  let arrived = 0;
  let different = 0;
  for (const { username, email } of owners) {
    const user = await db.collection('users').findOne({ username });
    const ids = new Set(mailsTo(email).map(({ messageId }) => messageId));
    // What was committed, whether its client was told or not, and nothing else.
    expect(ids.size).toBe(user!.credentialVersion);
    expect(ids.size).toBeGreaterThanOrEqual(CHANGES_EACH);
    arrived += mailsTo(email).length;
    different += ids.size;
  }
  console.info(`${different} changes, ${kills} kills, ${arrived - different} mails arrived twice`);
  expect(kills).toBeGreaterThan(1);
  expect(arrived - different).toBeLessThanOrEqual(kills * CONCURRENT);
}, 600_000);
