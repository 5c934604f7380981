import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshUsername, signUp, verifyEmail } from '../support/accounts.js';
import { ask } from '../support/http.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const TRIES = 200;
/** Of the medians: 5 %. */
const TOLERANCE = 0.05;

let smtp: SmtpServer;
let app: TestApp;
beforeAll(async () => {
  smtp = await SmtpServer.start({ delayMs: 500 });
  app = await startTestApp({ ...smtp.settings, MAIL_RATE_PER_IP: '100000/1h', MAIL_RATE_PER_RECIPIENT: '100000/15m' });
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

/** 800 requests against a mail server that takes 500 ms: more than 10 s by their number alone. */
it('the time of a reset request tells nothing about the account', { timeout: 300_000 }, async () => {
  const known = await signUp(app);
  await verifyEmail(app, known, `${known.username}@example.com`);
  const unverified = await signUp(app, { email: `${freshUsername()}@example.com` } as object);
  const passwordless = await signUp(app);
  await verifyEmail(app, passwordless, `${passwordless.username}@example.com`);
  await app.db.collection('users').updateOne({ username: passwordless.username }, { $unset: { passwordHash: 1 } });
  const names = [known.username, freshUsername(), unverified.username, passwordless.username];
  const times = names.map((): number[] => []);
  const one = async (i: number) => {
    const { status, took } = await ask(`${app.url}/password-resets`, { body: { username: names[i]! } });
    expect(status).toBe(202);
    return took;
  };
  for (const i of names.keys()) for (let n = 0; n < 20; n++) await one(i);
  for (let n = 0; n < TRIES; n++) {
    // In a random order: the mail that one request leaves behind slows down all of the others alike.
    for (const i of shuffled([...names.keys()])) times[i]!.push(await one(i));
  }
  const medians = times.map(median);
  console.log(`medians in ms: ${medians.map((ms) => ms.toFixed(2)).join(', ')}`);
  expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(1 + TOLERANCE);
});

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

const shuffled = <T>(items: T[]): T[] =>
  items
    .map((item) => ({ item, rank: Math.random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
