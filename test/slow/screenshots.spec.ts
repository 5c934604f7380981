import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, signUp, type Credentials } from '../support/accounts.js';
import { launchBrowser, logIn, openDevice } from '../support/browser.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Written only when asked for: `UPDATE_SCREENSHOTS=1 npm run test:slow -- screenshots`. */
const UPDATE_SCREENSHOTS = process.env.UPDATE_SCREENSHOTS === '1';
const IMAGES = join(import.meta.dirname, '..', '..', 'docs', 'images');

const POSTS = [
  {
    title: 'What I packed for a week in the hills',
    content:
      'Two shirts, one jumper, the small stove and far too much coffee. The map stayed at home, which is how we found the lake.\n\nNext time: better socks, fewer books.',
  },
  {
    title: 'A bread that forgives',
    content:
      'Five hundred grams of flour, three hundred and eighty of water, salt, and as much patience as you have. Fold it when you pass by. It does not mind waiting until tomorrow.',
  },
  {
    title: 'Reading list for the long evenings',
    content: 'Short ones first: they end before you do. Then one that takes the whole winter. Suggestions welcome.',
  },
];

describe('the pictures of the README', () => {
  let app: TestApp;
  let browser: Browser;
  let account: Credentials;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp({ TRUST_PROXY: '1' }), launchBrowser()]);
    account = await signUp(app, { username: 'ada' });
    const friend = await signIn(app, await signUp(app, { username: 'grace' }));
    const author = app.agent();
    await author.post('/users/login').set(DEVICES.phone).send(account).expect(200);
    await app.agent().post('/users/login').set(DEVICES.desktop).send(account).expect(200);
    const guess = { ...account, password: 'not the right one' };
    await app.agent().post('/users/login').set(DEVICES.unknown).send(guess).expect(401);
    await friend.post('/posts').send(POSTS[2]).expect(201);
    await author.post('/posts').send(POSTS[1]).expect(201);
    await author.post('/posts').send(POSTS[0]).expect(201);
    await age(app);
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  it('show the posts in light and the account in dark', async () => {
    const page = await openDevice(browser, app, { ...PICTURE, userAgent: LAPTOP });
    await logIn(page, account);
    await page.getByRole('list', { name: 'Posts' }).waitFor();
    await page.mouse.move(0, 0);
    await photograph(page, 'posts.png');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto('/#/account');
    await page.getByText('This device').waitFor();
    expect(await page.getByRole('region', { name: 'Sessions' }).innerText()).toContain('Firefox on Linux');
    await photograph(page, 'account.png');
  });
});

const PICTURE = { viewport: { width: 900, height: 800 }, deviceScaleFactor: 2 };
const LAPTOP = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const MOBILE = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36';
const DEVICES = {
  phone: {
    'User-Agent': `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${MOBILE}`,
    'X-Forwarded-For': '198.51.100.23',
  },
  desktop: {
    'User-Agent': `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME}`,
    'X-Forwarded-For': '203.0.113.80',
  },
  unknown: { 'User-Agent': 'curl/8.14.1', 'X-Forwarded-For': '192.0.2.66' },
};

/** Puts what was made a moment ago into the past, each a few hours further back, for pictures that look lived in. */
async function age(app: TestApp): Promise<void> {
  const fields = { posts: ['createdAt', 'updatedAt'], sessions: ['createdAt', 'lastSeenAt'], audit_events: ['at'] };
  for (const [collection, names] of Object.entries(fields)) {
    const newest = await app.db
      .collection(collection)
      .find()
      .sort({ [names[0]!]: -1 })
      .toArray();
    for (const [index, { _id }] of newest.entries()) {
      const past = new Date(Date.now() - (3 * index + 1) * 3_100_000);
      const changes = Object.fromEntries(names.map((name) => [name, past]));
      await app.db.collection(collection).updateOne({ _id }, { $set: changes });
    }
  }
}

async function photograph(page: Page, name: string): Promise<void> {
  const picture = await page.screenshot({ ...(UPDATE_SCREENSHOTS && { path: join(IMAGES, name) }) });
  expect(picture.length).toBeGreaterThan(10_000);
}
