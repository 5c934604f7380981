import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, signUp } from '../support/accounts.js';
import { launchBrowser, logIn, openDevice } from '../support/browser.js';
import { providerSettings, startIdentityProvider, type RealProvider } from '../support/identity-provider.js';
import { freePort } from '../support/ports.js';
import { letTimePass } from '../support/stored-sessions.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('sign-in by a provider in the browser', () => {
  let app: TestApp;
  let acme: RealProvider;
  let other: RealProvider;
  let browser: Browser;
  beforeAll(async () => {
    const port = await freePort();
    const callback = (name: string) => ({ redirectUri: `http://127.0.0.1:${port}/auth/${name}/callback` });
    [acme, other] = await Promise.all([
      startIdentityProvider(callback('acme')),
      startIdentityProvider(callback('other')),
    ]);
    const started = startTestApp(providerSettings(port, { acme: acme.issuer, other: other.issuer }));
    [app, browser] = await Promise.all([started, launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all([app.close(), acme.close(), other.close()]);
  });

  /** The provider's pages ask for a font elsewhere; it is not there. */
  async function open(): Promise<Page> {
    const page = await openDevice(browser, app, {
      visits: [acme.issuer, other.issuer, 'https://fonts.googleapis.com'],
    });
    await page.route('https://fonts.googleapis.com/**', (route) =>
      route.fulfill({ contentType: 'text/css', body: '' }),
    );
    return page;
  }

  async function signInThere(page: Page, login: string): Promise<void> {
    await page.getByPlaceholder('Enter any login').fill(login);
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
  }

  /** The first visit also asks for consent. */
  async function sayYesThere(page: Page, login: string): Promise<void> {
    await signInThere(page, login);
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  it('goes from the button through the provider to Welcome, and stays signed in', async () => {
    const page = await open();
    const name = `grace${randomUUID().slice(0, 8)}`;
    await page.goto('/');
    await page.getByRole('link', { name: 'Login' }).click();
    await page.getByRole('link', { name: 'Continue with Acme' }).click();
    await sayYesThere(page, `${name}!1`);
    await page.getByText(`Welcome, ${name}`).waitFor();
    expect(new URL(page.url()).origin).toBe(app.url);
    const cookies = await page.context().cookies(app.url);
    expect(cookies.map((cookie) => cookie.name).toSorted()).toEqual(['attempt', 'device', 'sid']);
    await page.reload();
    await page.getByText(`Welcome, ${name}`).waitFor();
  });

  it('redirects to the requested page for members', async () => {
    const page = await open();
    await page.goto('/#/posts/new');
    await page.getByRole('link', { name: 'Continue with Acme' }).click();
    await sayYesThere(page, `ada!${randomUUID()}`);
    await page.getByRole('heading', { name: 'Write a post' }).waitFor();
    expect(page.url()).toBe(`${app.url}/#/posts/new`);
  });

  it('tells a user who cancels at the provider that nothing has changed', async () => {
    const page = await open();
    await page.goto('/#/register');
    await page.getByRole('link', { name: 'Continue with Acme' }).click();
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('alert').getByText('You did not log in at the provider.').waitFor();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    expect(await page.context().cookies(app.url)).toEqual([]);
  });

  it('links and unlinks a provider on the account page', async () => {
    const [page, account] = [await open(), await signUp(app)];
    await logIn(page, account);
    await page.getByRole('link', { name: `Welcome, ${account.username}` }).click();
    await page.getByRole('button', { name: 'Link Acme' }).click();
    await sayYesThere(page, `ada!${randomUUID()}`);
    await page.getByRole('button', { name: 'Unlink Acme' }).waitFor();
    expect(page.url()).toBe(`${app.url}/#/account`);
    await page.getByRole('button', { name: 'Unlink Acme' }).click();
    await page.getByRole('button', { name: 'Link Acme' }).waitFor();
    await page.getByText('Acme does not log in to your account any more.').waitFor();
  });

  /** Signs up at the provider and goes to the account, which has no password. */
  async function openAccount(page: Page, name: string): Promise<void> {
    await page.goto('/#/login');
    await page.getByRole('link', { name: 'Continue with Acme' }).click();
    await sayYesThere(page, `${name}!1`);
    await page.getByRole('link', { name: `Welcome, ${name}` }).click();
  }

  it('sets the first password, which signs in from then on', async () => {
    const page = await open();
    const name = `lin${randomUUID().slice(0, 8)}`;
    await openAccount(page, name);
    const section = page.getByRole('region', { name: 'Password' });
    expect(await section.getByLabel('Current password').count()).toBe(0);
    await section.getByLabel('New password').fill(PASSWORD);
    await section.getByRole('button', { name: 'Set a password' }).click();
    await page.getByText('You can log in with your password now').waitFor();
    await section.getByLabel('Current password').waitFor();
    await page.getByRole('button', { name: 'Logout' }).click();
    await page.getByRole('link', { name: 'Login' }).waitFor();
    await logIn(page, { username: name, password: PASSWORD });
  });

  it('requires a new sign-in at the provider before the first password, if the last one is not recent', async () => {
    const page = await open();
    const name = `lin${randomUUID().slice(0, 8)}`;
    await openAccount(page, name);
    await letTimePass(app.sessions);
    await page.getByLabel('New password').fill(PASSWORD);
    // The provider knows its user still, and asks all the same.
    await page.getByRole('button', { name: 'Set a password' }).click();
    await signInThere(page, `${name}!1`);
    await page.waitForURL(`${app.url}/#/account`);
    await page.getByLabel('New password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Set a password' }).click();
    await page.getByText('You can log in with your password now').waitFor();
    expect(await app.db.collection('users').countDocuments({ username: name, passwordHash: { $exists: true } })).toBe(
      1,
    );
  });

  it('deletes an account that has no password', async () => {
    const page = await open();
    const username = `lin${randomUUID().slice(0, 8)}`;
    await openAccount(page, username);
    await page.getByRole('button', { name: 'Delete account' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('Your account is deleted.').waitFor();
    expect(await app.db.collection('users').countDocuments({ username })).toBe(0);
  });

  it.each<[string, (page: Page, username: string) => Promise<unknown>]>([
    ['was unlinked since the page was drawn', (page) => unlinkAcme(page)],
    [
      'the settings name no more',
      (_page, username) =>
        app.db.collection('users').updateOne({ username }, { $set: { 'identities.0.provider': 'former' } }),
    ],
  ])('requires a new sign-in at a provider that still works, not at one that %s', async (_name, lose) => {
    const page = await open();
    const username = `lin${randomUUID().slice(0, 8)}`;
    await openAccount(page, username);
    await page.getByRole('button', { name: 'Link Other' }).click();
    await sayYesThere(page, `${username}!2`);
    await page.getByRole('button', { name: 'Unlink Other' }).waitFor();
    await lose(page, username);
    await letTimePass(app.sessions);
    await page.getByRole('button', { name: 'Delete account' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await signInThere(page, `${username}!2`);
    await page.waitForURL(`${app.url}/#/account`);
    await page.getByRole('button', { name: 'Delete account' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('Your account is deleted.').waitFor();
    expect(await app.db.collection('users').countDocuments({ username })).toBe(0);
  });

  async function unlinkAcme(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Unlink Acme' }).click();
    await page.getByRole('button', { name: 'Link Acme' }).waitFor();
  }
});
