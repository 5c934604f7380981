import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, signUp, type Credentials } from '../support/accounts.js';
import { launchBrowser, logIn, openDevice } from '../support/browser.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const POST = { title: 'What I packed', content: 'Two shirts.\n\nFar too much coffee.' };

describe('accessibility and layout of the web client', () => {
  let app: TestApp;
  let browser: Browser;
  let account: Credentials;
  let postAddress: string;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
    account = await signUp(app);
    const { body } = await (await signIn(app, account)).post('/posts').send(POST).expect(201);
    postAddress = `/#/posts/${(body as { id: string }).id}`;
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const GUEST_VIEWS = [
    ['the posts', '/#/', 'Latest posts'],
    ['the login', '/#/login', 'Log in'],
    ['the registration', '/#/register', 'Create an account'],
    ['an address that leads nowhere', '/#/nowhere', 'Nothing here'],
  ] as const;
  const MEMBER_VIEWS = [
    ['a post of one’s own', () => postAddress, POST.title],
    ['the new post', () => '/#/posts/new', 'Write a post'],
    ['the account', () => '/#/account', 'Your account'],
  ] as const;

  it.each(GUEST_VIEWS)('shows a guest %s without accessibility violations', async (_, path, heading) => {
    const page = await openDevice(browser, app);
    await page.goto(path);
    await page.getByRole('heading', { name: heading }).waitFor();
    expect(await findings(page)).toEqual([]);
  });

  it.each(MEMBER_VIEWS)('shows a member %s without accessibility violations', async (_, path, heading) => {
    const page = await openDevice(browser, app);
    await logIn(page, account);
    await page.goto(path());
    await page.getByRole('heading', { name: heading }).waitFor();
    expect(await findings(page)).toEqual([]);
  });

  it('shows errors and a dialog without accessibility violations', async () => {
    const page = await openDevice(browser, app);
    await logIn(page, account);
    await page.goto('/#/account');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Please fill this in.').first().waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Delete account' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await findings(page)).toEqual([]);
  });

  it('fits a screen of 375 pixels, even with long words and names', async () => {
    const page = await openDevice(browser, app, { viewport: { width: 375, height: 700 } });
    const writer = await signUp(app, { username: 'x'.repeat(64) });
    const long = { title: 'w'.repeat(200), content: 'm'.repeat(500) };
    const { body } = await (await signIn(app, writer)).post('/posts').send(long).expect(201);
    for (const [, path, heading] of GUEST_VIEWS) await assertFits(page, path, heading);
    await logIn(page, writer);
    await assertFits(page, '/#/', 'Latest posts');
    await assertFits(page, `/#/posts/${(body as { id: string }).id}`, long.title);
    for (const [, path, heading] of MEMBER_VIEWS) await assertFits(page, path(), heading);
  });

  it('works with the keyboard only: past the header, in by Enter, out again', async () => {
    const page = await openDevice(browser, app);
    await page.goto('/#/login');
    await page.getByLabel('Username').waitFor();
    await page.keyboard.type(account.username);
    await page.keyboard.press('Tab');
    await page.keyboard.type(account.password);
    await page.keyboard.press('Enter');
    await page.getByText(`Welcome, ${account.username}`).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Latest posts' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await page.getByRole('button', { name: 'Logout' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Login' }).waitFor();
  });

  it('moves the focus to the heading of a new view, and shows the view in the title', async () => {
    const page = await openDevice(browser, app);
    await page.goto('/');
    await page.getByRole('link', { name: POST.title }).click();
    await page.getByRole('heading', { level: 1, name: POST.title }).waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    expect(await page.title()).toBe(`${POST.title} · Commonplace`);
  });
});

async function assertFits(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { name: heading }).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
}

/** What axe-core finds serious or critical in the light and the dark color scheme, with the elements it means. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await violations(page, {});
  await page.emulateMedia({ colorScheme: 'dark' });
  // No other rule depends on the scheme.
  return [...light, ...(await violations(page, { runOnly: ['color-contrast'] }))];
}

async function violations(page: Page, options: RunOptions): Promise<string[]> {
  const script = `axe.run(${JSON.stringify({ resultTypes: ['violations'], ...options })})`;
  const results = await page.evaluate<AxeResults>(script);
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
