import { MongoClient, type Db } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshEmail, type Credentials } from '../support/accounts.js';
import { ask, sessionCookieOf, signUpAt } from '../support/http.js';
import { tokenIn } from '../support/mail-links.js';
import { repeats } from '../support/repetitions.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { databaseUri, freshDatabase, testSettings } from '../support/test-app.js';

const NEW_PASSWORD = 'a wholly new horse battery';
/** Clients that sign in by the old password, half of them on each process. */
const LOOPS = 8;

let smtp: SmtpServer;
let client: MongoClient;
let db: Db;
let processes: [AppProcess, AppProcess];

beforeAll(async () => {
  smtp = await SmtpServer.start();
  const uri = databaseUri(freshDatabase());
  const limits = { MAIL_RATE_PER_IP: '100000/1h', LOGIN_FREE_FAILURES: '100', SESSION_MAX_PER_USER: '1000' };
  const settings = testSettings({ ...smtp.settings, ...limits, MONGODB_URI: uri });
  client = await new MongoClient(uri).connect();
  db = client.db();
  processes = await Promise.all([startProcess(settings), startProcess(settings)]);
});
afterAll(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  await db.dropDatabase();
  await client.close();
  await smtp.close();
});

/** An account with a verified address, and the token of a link to reset its password. */
async function ownerWithToken(url: string): Promise<{ account: Credentials; token: string }> {
  const account = await signUpAt(url);
  const email = freshEmail();
  const verified = { $set: { email, emailVerifiedAt: new Date() } };
  await db.collection('users').updateOne({ username: account.username }, verified);
  await ask(`${url}/password-resets`, { body: { username: account.username } });
  return { account, token: tokenIn(await smtp.mailTo(email, 'Reset'), 'reset-password') };
}

/** Signs in by the old password again and again, until the reset is done. @returns the cookies of the sessions */
async function signInUntil(isDone: () => boolean, url: string, account: Credentials): Promise<string[]> {
  const cookies: string[] = [];
  while (!isDone()) {
    const response = await ask(`${url}/users/login`, { body: account });
    if (response.status === 200) cookies.push(sessionCookieOf(response));
  }
  return cookies;
}

const statusWith = async (cookie: string, url: string) => (await ask(`${url}/users/me`, { cookie })).status;

// Takes longer than 10 s: fifty rounds in the slow tests, each with sign-ins on two processes.
it('a reset concurrent with sign-ins by the old password on two processes leaves no session active', async () => {
  let signedIn = 0;
  for (let round = 0; round < repeats(5, 50); round += 1) {
    const { url } = processes[round % 2]!;
    const { account, token } = await ownerWithToken(url);
    let done = false;
    const loops = Array.from({ length: LOOPS }, (_, n) => signInUntil(() => done, processes[n % 2]!.url, account));
    // The reset commits while sign-ins are at every stage.
    const body = { token, newPassword: NEW_PASSWORD };
    const reset = await ask(`${url}/password-resets`, { method: 'PUT', body });
    done = true;
    expect(reset.status).toBe(200);
    const cookies = (await Promise.all(loops)).flat();
    signedIn += cookies.length;
    const statuses = await Promise.all(
      cookies.flatMap((cookie) => processes.map((process) => statusWith(cookie, process.url))),
    );
    expect(statuses.filter((status) => status !== 401)).toEqual([]);
    expect((await ask(`${url}/users/login`, { body: account })).status).not.toBe(200);
  }
  console.info(`${signedIn} sessions by the old password, none active after the reset`);
  expect(signedIn).toBeGreaterThan(0);
}, 300_000);
