import { MongoClient, type Db } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshUsername, PASSWORD, type Credentials } from '../support/accounts.js';
import { ask, sessionCookieOf, signUpAt } from '../support/http.js';
import { tokenIn } from '../support/mail-links.js';
import { repeats } from '../support/repetitions.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { databaseUri, freshDatabase, testSettings } from '../support/test-app.js';

const NEW_PASSWORD = 'a wholly new horse battery';
/** Sign-ins by the old password in one round, half of them on each process. */
const SIGN_INS = 8;

let smtp: SmtpServer;
let client: MongoClient;
let db: Db;
let processes: [AppProcess, AppProcess];

beforeAll(async () => {
  smtp = await SmtpServer.start();
  const uri = databaseUri(freshDatabase());
  const limits = { MAIL_RATE_PER_IP: '100000/1h', LOGIN_FREE_FAILURES: '100' };
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
  const email = `${freshUsername()}@example.com`;
  const verified = { $set: { email, emailVerifiedAt: new Date() } };
  await db.collection('users').updateOne({ username: account.username }, verified);
  await ask(`${url}/password-resets`, { body: { username: account.username } });
  return { account, token: tokenIn(await smtp.mailTo(email, 'Reset'), 'reset-password') };
}

const statusWith = async (cookie: string, url: string) => (await ask(`${url}/users/me`, { cookie })).status;

// Fifty rounds in the slow tests, each with nine password hashes on two processes.
it('a reset that races with sign-ins by the old password on two processes leaves no session active', async () => {
  let signedIn = 0;
  for (let round = 0; round < repeats(5, 50); round += 1) {
    const [here, elsewhere] = [processes[round % 2]!, processes[(round + 1) % 2]!];
    const { account, token } = await ownerWithToken(here.url);
    const signIns = Array.from({ length: SIGN_INS }, (_, n) =>
      ask(`${processes[n % 2]!.url}/users/login`, { body: account }),
    );
    // Between two of the sign-ins, so that some are complete, some under way and some have not begun.
    await signIns[round % SIGN_INS];
    const reset = await ask(`${here.url}/password-resets`, {
      method: 'PUT',
      body: { token, newPassword: NEW_PASSWORD },
    });
    expect(reset.status).toBe(200);
    const responses = await Promise.all(signIns);
    const cookies = responses.filter(({ status }) => status === 200).map(sessionCookieOf);
    signedIn += cookies.length;
    const statuses = await Promise.all(
      cookies.flatMap((cookie) => [statusWith(cookie, here.url), statusWith(cookie, elsewhere.url)]),
    );
    expect(statuses.filter((status) => status !== 401)).toEqual([]);
    const old = { username: account.username, password: PASSWORD };
    expect((await ask(`${elsewhere.url}/users/login`, { body: old })).status).toBe(401);
  }
  expect(signedIn).toBeGreaterThan(0);
}, 300_000);
