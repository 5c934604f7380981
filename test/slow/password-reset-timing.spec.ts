import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshEmail, freshUsername, signUp, signUpVerified } from '../support/accounts.js';
import { ask } from '../support/http.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Requests for each kind of account in one series. */
const TRIES = 200;
/** One series is enough on an idle machine; a burst of other work can shift the medians of one by 5 %. */
const SERIES = 5;
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

// Takes longer than 10 s: four thousand requests against a mail server that takes 500 ms.
it('the time of a reset request reveals nothing about the account', { timeout: 300_000 }, async () => {
  const known = await signUpVerified(app);
  const unverified = await signUp(app, { email: freshEmail() } as object);
  const passwordless = await signUpVerified(app);
  await app.db.collection('users').updateOne({ username: passwordless.username }, { $unset: { passwordHash: 1 } });
  const names = [known.username, freshUsername(), unverified.username, passwordless.username];

  await series(names, 20);
  const ratios: number[][] = [];
  for (let n = 0; n < SERIES; n++) {
    const medians = (await series(names, TRIES)).map(median);
    console.info(`medians in ms: ${medians.map((ms) => ms.toFixed(2)).join(', ')}`);
    // Relative to its series: what slows a whole series down slows all kinds of accounts down alike.
    ratios.push(medians.map((ms) => ms / Math.min(...medians)));
  }
  const typical = names.map((_, i) => median(ratios.map((one) => one[i]!)));
  expect(Math.max(...typical) / Math.min(...typical)).toBeLessThan(1 + TOLERANCE);
});

/** @returns the times in ms of `tries` requests for each name, which take turns in a random order */
async function series(names: string[], tries: number): Promise<number[][]> {
  const times = names.map((): number[] => []);
  for (let n = 0; n < tries; n++) {
    // Random: the mail that one request leaves behind slows down all of the others alike.
    for (const i of shuffled([...names.keys()])) {
      const { status, took } = await ask(`${app.url}/password-resets`, { body: { username: names[i]! } });
      expect(status).toBe(202);
      times[i]!.push(took);
    }
  }
  return times;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

const shuffled = <T>(items: T[]): T[] =>
  items
    .map((item) => ({ item, rank: Math.random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
