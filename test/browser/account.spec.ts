import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, signIn, signUp } from '../support/accounts.js';
import { fillLogin, launchBrowser, logIn, openDevice, publish, register } from '../support/browser.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NEW_PASSWORD = 'an even better horse and battery';

const sessions = (page: Page) => page.getByRole('region', { name: 'Sessions' }).getByRole('listitem');
const notice = (page: Page) => page.locator('#notice');

async function openAccount(page: Page, username: string): Promise<void> {
  await page.getByRole('link', { name: `Welcome, ${username}` }).click();
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
}

/** The response to a request with the old cookie that arrives after another tab has renewed the session. */
const REPLACED = { statusCode: 401, code: 'session_revoked', reason: 'replaced', message: 'The session was ended.' };

/** The page knows of an end at once only while its stream is open. */
async function logInAndListen(page: Page, account: { username: string; password: string }): Promise<void> {
  const listening = page.waitForResponse((response) => response.url().endsWith('/sessions/current/events'));
  await logIn(page, account);
  await listening;
}

describe('the account in the browser', () => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  /** A signed-in page whose requests for the account's identities are rejected. @returns the statuses of the responses, too */
  async function deviceRejectedAsReplaced(options?: { times: number }) {
    const path = '/users/me/identities';
    const page = await openDevice(browser, app);
    const account = await signUp(app);
    await logIn(page, account);
    const statuses: number[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith(path)) statuses.push(response.status());
    });
    await page.route(`**${path}`, (route) => route.fulfill({ status: 401, json: REPLACED }), options);
    return { page, account, statuses };
  }

  it('reads the signed-in user once, and shows nothing to a guest', async () => {
    const page = await openDevice(browser, app);
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
    await page.goto('/', { waitUntil: 'networkidle' });
    expect(asked.filter((path) => path === '/users/me' || path.startsWith('/sessions'))).toEqual(['/users/me']);
  });

  it('shows a taken username and a common password beside their fields', async () => {
    const page = await openDevice(browser, app);
    const { username } = await signUp(app);
    await page.goto('/#/register');
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill('password123');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('This password is on the list of common passwords.').waitFor();
    expect(await page.getByLabel('Password').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('This username is taken.').waitFor();
    expect(await page.getByLabel('Username').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Password').getAttribute('aria-invalid')).toBe(null);
  });

  it('does not reveal whether the username or the password is wrong', async () => {
    const page = await openDevice(browser, app);
    const account = await signUp(app);
    await page.goto('/#/login');
    await fillLogin(page, { ...account, password: 'not the right one' });
    await page.getByRole('alert').getByText('The username or the password is wrong.').waitFor();
    expect(await page.getByLabel('Username').inputValue()).toBe(account.username);
  });

  it('loses a session with rememberMe false when the browser closes, and keeps one with rememberMe true', async () => {
    const page = await openDevice(browser, app);
    const account = await signUp(app);
    const expiry = async (): Promise<number> =>
      (await page.context().cookies()).find(({ name }) => name === 'sid')!.expires;
    await logIn(page, account);
    expect(await expiry()).toBeGreaterThan(Date.now() / 1000 + 86_400);
    await page.goto('/#/login');
    await page.getByLabel('Remember me on this device').uncheck();
    await fillLogin(page, account);
    await page.getByRole('heading', { name: 'Latest posts' }).waitFor();
    expect(await expiry()).toBe(-1);
  });

  it('lists this device and the others, and signs one of them out', async () => {
    const laptop = await openDevice(browser, app);
    const phone = await openDevice(browser, app);
    const account = await register(laptop);
    await fillLogin(laptop, account);
    await logInAndListen(phone, account);

    await openAccount(laptop, account.username);
    expect(await sessions(laptop).count()).toBe(2);
    const other = sessions(laptop).filter({ hasNotText: 'This device' });
    expect(await sessions(laptop).filter({ hasText: 'This device' }).count()).toBe(1);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.waitFor({ state: 'detached' });
    expect(await sessions(laptop).count()).toBe(1);

    // The server sends the event: the phone itself sends no request.
    await notice(phone).getByText('This session was signed out from another device.').waitFor();
    await phone.getByRole('link', { name: 'Login' }).waitFor();
    await laptop.getByText(`Welcome, ${account.username}`).waitFor();
  });

  it('revokes all other sessions at once', async () => {
    const page = await openDevice(browser, app);
    const account = await signUp(app);
    const others = await Promise.all([signIn(app, account), signIn(app, account)]);
    await logIn(page, account);
    await openAccount(page, account.username);
    expect(await sessions(page).count()).toBe(3);
    await page.getByRole('button', { name: 'End all other sessions' }).click();
    await page.getByText('2 other sessions were ended.').waitFor();
    await expect.poll(() => sessions(page).count()).toBe(1);
    for (const other of others) await other.get('/users/me').expect(401);
  });

  it('signs this device out, as Logout does', async () => {
    const page = await openDevice(browser, app);
    const account = await signUp(app);
    await logIn(page, account);
    await openAccount(page, account.username);
    await sessions(page).getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Latest posts' }).waitFor();
    await page.getByRole('link', { name: 'Login' }).waitFor();
    expect(await notice(page).innerText()).toBe('');
    expect(await page.context().cookies()).not.toContainEqual(expect.objectContaining({ name: 'sid' }));
  });

  it('changes the password, stays signed in, and revokes the session of the other device, which shows the reason', async () => {
    const laptop = await openDevice(browser, app);
    const phone = await openDevice(browser, app);
    const account = await signUp(app);
    await logInAndListen(phone, account);
    await logIn(laptop, account);
    await openAccount(laptop, account.username);

    // Password managers store the new password under this name. @see https://github.com/zitadel/zitadel/issues/12490
    const username = laptop.getByRole('region', { name: 'Password' }).locator('input[autocomplete="username"]');
    expect(await username.inputValue()).toBe(account.username);
    await laptop.getByLabel('Current password').fill('not the right one');
    await laptop.getByLabel('New password').fill(NEW_PASSWORD);
    await laptop.getByRole('button', { name: 'Change password' }).click();
    await laptop.getByText('The current password is wrong.').waitFor();
    expect(await laptop.getByLabel('Current password').getAttribute('aria-invalid')).toBe('true');
    await laptop.getByLabel('Current password').fill(account.password);
    await laptop.getByRole('button', { name: 'Change password' }).click();
    await laptop.getByText('Your password is changed').waitFor();

    await notice(phone).getByText('Your password was changed on another device').waitFor();
    expect(await notice(laptop).innerText()).toBe('');
    await laptop.reload();
    await laptop.getByText(`Welcome, ${account.username}`).waitFor();
    await logIn(phone, { ...account, password: NEW_PASSWORD });
    expect(await notice(phone).innerText()).toBe('');
  });

  it('sends a request again that was rejected because another tab renewed the session, and stays signed in', async () => {
    const { page, account, statuses } = await deviceRejectedAsReplaced({ times: 1 });
    await openAccount(page, account.username);
    await expect.poll(() => statuses).toEqual([401, 200]);
    await page.getByText(`Welcome, ${account.username}`).waitFor();
    expect(await notice(page).innerText()).toBe('');
  });

  it('signs out if the request is rejected as replaced again', async () => {
    const { page, account, statuses } = await deviceRejectedAsReplaced();
    await page.getByRole('link', { name: `Welcome, ${account.username}` }).click();
    await page.getByRole('link', { name: 'Login' }).waitFor();
    expect(statuses).toEqual([401, 401]);
  });

  it.each(['login', 'register'])('names the field of the username for password managers: %s', async (view) => {
    const page = await openDevice(browser, app);
    await page.goto(`/#/${view}`);
    expect(await page.getByLabel('Username').getAttribute('autocomplete')).toMatch(/^username\b/);
  });

  // @see https://github.com/laravel/framework/issues/5416
  it('follows another tab of the browser: sign-in, renewed session, sign-out', async () => {
    const page = await openDevice(browser, app);
    const account = await signUp(app);
    await page.goto('/');
    const tab = await page.context().newPage();
    await logIn(tab, account);
    await page.getByText(`Welcome, ${account.username}`).waitFor();

    await openAccount(tab, account.username);
    const asked = page.waitForResponse((response) => response.url().endsWith('/users/me'));
    await tab.getByLabel('Current password').fill(account.password);
    await tab.getByLabel('New password').fill(NEW_PASSWORD);
    await tab.getByRole('button', { name: 'Change password' }).click();
    expect((await asked).status()).toBe(200);
    expect(await notice(page).innerText()).toBe('');

    await tab.getByRole('button', { name: 'Logout' }).click();
    await notice(page).getByText('You logged out in another tab.').waitFor();
  });

  it('keeps the text of a post when the session ends, and continues after the next sign-in', async () => {
    const page = await openDevice(browser, app);
    const account = await signUp(app);
    await logInAndListen(page, account);
    await page.getByRole('link', { name: 'New Post' }).click();
    await page.getByLabel('Title').fill('Half a thought');
    const elsewhere = await signIn(app, account);
    await elsewhere.delete('/sessions/others').expect(200);
    await notice(page).getByText('This session was signed out from another device.').waitFor();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await fillLogin(page, account);
    await page.getByLabel('Title').waitFor();
    expect(await page.getByLabel('Title').inputValue()).toBe('Half a thought');
  });

  it('shows the reason at the next start if the session ended meanwhile', async () => {
    const page = await openDevice(browser, app);
    const account = await signUp(app);
    await logIn(page, account);
    await page.goto('about:blank');
    const elsewhere = await signIn(app, account);
    await elsewhere.delete('/sessions/others').expect(200);
    await page.goto('/');
    await notice(page).getByText('This session was signed out from another device.').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    expect(await notice(page).innerText()).toBe('');
  });

  it('shows the activity of the account, page by page', async () => {
    const page = await openDevice(browser, app);
    const account = await signUp(app);
    await app
      .agent()
      .post('/users/login')
      .send({ ...account, password: 'not the right one' })
      .expect(401);
    for (let round = 0; round < 9; round += 1) await signIn(app, account);
    await logIn(page, account);
    await openAccount(page, account.username);
    const activity = page.getByRole('region', { name: 'Activity' });
    expect(await activity.getByText('Failed login').count()).toBe(0);
    await activity.getByRole('button', { name: 'Show older activity' }).click();
    await activity.getByText('Failed login').waitFor();
    expect(await activity.getByText('Logged in', { exact: true }).count()).toBe(10);
  });

  it('deletes the account after its password, with its posts', async () => {
    const page = await openDevice(browser, app);
    const account = await signUp(app);
    await logIn(page, account);
    await publish(page, 'Soon gone', 'text');
    await openAccount(page, account.username);
    await page.getByRole('button', { name: 'Delete account' }).click();
    const dialog = page.getByRole('dialog');
    // @see https://github.com/zitadel/zitadel/issues/12490
    expect(await dialog.locator('input[autocomplete="username"]').inputValue()).toBe(account.username);
    expect(await dialog.locator('input:focus').getAttribute('name')).toBe('password');
    await dialog.getByLabel('Password').fill('not the right one');
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await dialog.getByText('The current password is wrong.').waitFor();
    await dialog.getByLabel('Password').fill(account.password);
    await dialog.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('link', { name: 'Login' }).waitFor();
    await page.getByText('Your account is deleted.').waitFor();
    expect(await page.getByText('Soon gone').count()).toBe(0);
    await app.agent().post('/users/login').send(account).expect(401);
  });
});

describe('an account at its session limit', () => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    const settings = { SESSION_MAX_PER_USER: '2', SESSION_CAP_POLICY: 'refuse' };
    [app, browser] = await Promise.all([startTestApp(settings), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  it('lets the user choose a session to revoke, and signs in', async () => {
    const page = await openDevice(browser, app);
    const account = await signUp(app);
    const others = [await signIn(app, account), await signIn(app, account)];
    await page.goto('/#/login');
    await fillLogin(page, account);
    await page.getByRole('heading', { name: 'You are logged in on too many devices' }).waitFor();
    await page.getByRole('button', { name: 'End this one and log in' }).first().click();
    await page.getByText(`Welcome, ${account.username}`).waitFor();
    const alive = await Promise.all(others.map((other) => other.get('/users/me')));
    expect(new Set(alive.map(({ status }) => status))).toEqual(new Set([200, 401]));
  });
});
