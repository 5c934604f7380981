import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { freshUsername, PASSWORD, type Credentials } from './accounts.js';
import { chromiumOptions } from './chromium.js';
import type { TestApp } from './test-app.js';

/** Rendering without a GPU process takes less processor time. */
const ARGS = ['--no-sandbox', '--disable-gpu', '--in-process-gpu'];

/** Launches a real Chromium. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ ...(await chromiumOptions()), args: ARGS });
}

/**
 * A page with cookies of its own, like one device. At the end of the test it must have logged and thrown no error, violated no
 * content security policy, and sent requests only to the app.
 * @param visits other origins that it may open
 */
export async function openDevice(
  browser: Browser,
  app: TestApp,
  { visits = [], ...options }: BrowserContextOptions & { visits?: string[] } = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.url, ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const problems = watch(page, [app.url, ...visits]);
  onTestFinished(async () => {
    await context.close();
    expect(problems).toEqual([]);
  });
  return page;
}

function watch(page: Page, origins: string[]): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    // The browser logs every response of 400 or above; tests check what the page does with it.
    const noted = /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !noted) problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!origins.includes(new URL(request.url()).origin)) problems.push(`request to ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) problems.push(`${response.status()} from ${response.url()}`);
  });
  return problems;
}

/** Signs up through the page; ends on the sign-in page. */
export async function register(page: Page, account: Partial<Credentials> = {}): Promise<Credentials> {
  const credentials = { username: freshUsername(), password: PASSWORD, ...account };
  await page.goto('/#/register');
  await page.getByLabel('Username').fill(credentials.username);
  await page.getByLabel('Password').fill(credentials.password);
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  return credentials;
}

/** Signs in through the page, from any page. */
export async function logIn(page: Page, { username, password }: Credentials): Promise<void> {
  // From `#/login?username=…`, where a registration leads, this would draw the form anew while its fields are filled.
  if (!page.url().includes('/#/login')) await page.goto('/#/login');
  await fillLogin(page, { username, password });
  await page.getByText(`Welcome, ${username}`).waitFor();
}

/** Signs out through the page; ends on the posts, as a guest. */
export async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Logout' }).click();
  await page.getByRole('link', { name: 'Login' }).waitFor();
  await page.getByRole('heading', { name: 'Latest posts' }).waitFor();
}

export async function fillLogin(page: Page, { username, password }: Credentials): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Login' }).click();
}

/** Publishes through the page; ends on the post. */
export async function publish(page: Page, title: string, content: string): Promise<void> {
  await page.getByRole('link', { name: 'New Post' }).click();
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Content').fill(content);
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('heading', { name: title }).waitFor();
}
