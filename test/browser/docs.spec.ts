import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp, type Credentials } from '../support/accounts.js';
import { launchBrowser, openDevice } from '../support/browser.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Sends a request from the page, as a reader of the documents does. @returns the status that the page shows */
async function tryOut(page: Page, operation: string, body?: object): Promise<string> {
  const block = page.locator(`#operations-${operation}`);
  await block.locator('.opblock-summary-control').click();
  await block.getByRole('button', { name: 'Try it out' }).click();
  if (body) await block.locator('textarea.body-param__text').fill(JSON.stringify(body));
  await block.getByRole('button', { name: 'Execute' }).click();
  return block.locator('.live-responses-table .response-col_status').last().innerText();
}

describe('the API documentation in a browser', () => {
  let app: TestApp;
  let browser: Browser;
  let account: Credentials;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startTestApp(), launchBrowser()]);
    account = await signUp(app);
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  // Takes longer than 10 s: the page of the API documentation draws every route.
  it('lets a reader sign in and call protected routes with the cookie of the browser', async () => {
    const page = await openDevice(browser, app);
    await page.goto('/docs');
    await page.getByRole('heading', { name: 'Session authentication' }).waitFor();
    expect(await tryOut(page, 'users-auth_logIn', account)).toContain('200');
    expect(await tryOut(page, 'sessions-sessions_current')).toContain('200');
  });
});
