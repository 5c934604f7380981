import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { fillLogin, launchBrowser, logIn, logOut, openDevice } from '../support/browser.js';
import { codeIn } from '../support/mail-links.js';
import { freePort } from '../support/ports.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NEW_PASSWORD = 'an even better horse and battery';

/** The link in a mail. */
const linkIn = (text = ''): string => /https?:\/\/\S+/.exec(text)![0];

describe('email addresses and lost passwords in the browser', () => {
  let smtp: SmtpServer;
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    const [server, port] = [await SmtpServer.start(), await freePort()];
    smtp = server;
    const mail = { MAIL_URL: smtp.url, MAIL_FROM: 'app@example.com', FRONTEND_URL: `http://127.0.0.1:${port}` };
    [app, browser] = await Promise.all([startTestApp({ PORT: String(port), ...mail }), launchBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
    await smtp.close();
  });

  const card = (page: Page) => page.getByRole('region', { name: 'Email' });

  /** Registers with an address, logs in and verifies it by the link of the mail. */
  async function verifiedAccount(page: Page): Promise<{ username: string; password: string; email: string }> {
    const username = freshUsername();
    const email = `${username}@example.com`;
    await page.goto('/#/register');
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByLabel('Email address').fill(email);
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await logIn(page, { username, password: PASSWORD });
    const { text } = await smtp.mailTo(email);
    await page.goto(linkIn(text));
    // The secret leaves the address bar before anything else.
    await page.waitForURL(/\/#\/verify-email$/);
    expect(await page.getByLabel('Code from the mail').inputValue()).not.toBe('');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(`${email} is verified.`).waitFor();
    return { username, password: PASSWORD, email };
  }

  it('verify an address with the link in the mail, and show its state', async () => {
    const page = await openDevice(browser, app);
    const { email } = await verifiedAccount(page);
    await page.goto('/#/account');
    await card(page).getByText(email).waitFor();
    expect(await card(page).getByText('Verified', { exact: true }).count()).toBe(1);
  });

  it('lead from Forgot password? through the mail to a new password and to a login with it', async () => {
    const page = await openDevice(browser, app);
    const account = await verifiedAccount(page);
    await logOut(page);
    await page.getByRole('link', { name: 'Login' }).click();
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    // The login has a field of the same name.
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
    await page.getByLabel('Username or email address').fill(account.email);
    await page.getByRole('button', { name: 'Send a link' }).click();
    await page.getByText('If an account has this verified address').waitFor();
    const { text } = await smtp.mailTo(account.email, /password/i);
    await page.goto(linkIn(text));
    await page.waitForURL(/\/#\/reset-password$/);
    const username = page.getByLabel('Username').and(page.locator('input[autocomplete="username"]'));
    expect(await username.inputValue()).toBe(account.username);
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    await fillLogin(page, { ...account, password: NEW_PASSWORD });
    await page.getByText(`Welcome, ${account.username}`).waitFor();
    await app.agent().post('/users/login').send({ username: account.username, password: PASSWORD }).expect(401);
    expect(page.url()).not.toContain('reset-password');
  });

  it('log in with a verified address, or with a username that looks like an address', async () => {
    const page = await openDevice(browser, app);
    const account = await verifiedAccount(page);
    await logOut(page);
    await page.goto('/#/login');
    await fillLogin(page, { username: account.email, password: account.password });
    await page.getByText(`Welcome, ${account.username}`).waitFor();

    await logOut(page);
    const name = `${freshUsername()}@names.example`;
    await app.agent().post('/users/signup').send({ username: name, password: PASSWORD }).expect(201);
    await page.goto('/#/login');
    await fillLogin(page, { username: name, password: PASSWORD });
    await page.getByRole('button', { name: `“${name}” is my username` }).click();
    await page.getByText(`Welcome, ${name}`).waitFor();
    expect(await page.getByRole('button', { name: 'Logout' }).count()).toBe(1);
  });

  it('change an address once its code is typed, and undo the change from the old one', async () => {
    const page = await openDevice(browser, app);
    const account = await verifiedAccount(page);
    const next = `next-${account.email}`;
    await page.goto('/#/account');
    await card(page).getByLabel('New email address').fill(next);
    await card(page).getByRole('button', { name: 'Change' }).click();
    await card(page).getByText(`${next} takes its place once its code is typed.`).waitFor();
    await card(page).getByText(account.email, { exact: false }).first().waitFor();
    const mail = await smtp.mailTo(next);
    await card(page).getByLabel('Code from the mail').fill(codeIn(mail));
    await card(page).getByRole('button', { name: 'Verify' }).click();
    await page.getByText(`${next} is verified.`).waitFor();

    const { text } = await smtp.mailTo(account.email, 'Your email address was changed');
    await page.goto(/http\S+undo-email-change#\S+/.exec(text!)![0]);
    await page.waitForURL(/\/#\/undo-email-change$/);
    await page.getByRole('button', { name: 'Undo the change' }).click();
    await page.getByText('Your address is restored.').waitFor();
    const stored = await app.db.collection('users').findOne({ username: account.username });
    expect(stored).toMatchObject({ email: account.email });
  });

  it('report that a used or incomplete link does not work', async () => {
    const page = await openDevice(browser, app);
    for (const path of ['/reset-password', '/reset-password#no-token']) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
      expect(page.url()).toBe(`${app.url}/#/reset-password`);
      await page.goto('about:blank');
    }
  });
});
