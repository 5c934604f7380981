import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, signUp } from '../support/accounts.js';
import { launchBrowser } from '../support/browser.js';
import { close, listen } from '../support/ports.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** examples/browser on a port of its own, which makes it an origin of its own. */
function serveExample(): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const file = pathname === '/' ? '/index.html' : pathname;
    readFile(`examples/browser${file}`).then(
      (content) => response.setHeader('Content-Type', TYPES[extname(file)]!).end(content),
      () => response.writeHead(404).end(),
    );
  });
}

describe('a page of another origin', () => {
  let frontend: Server;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    frontend = serveExample();
    origin = `http://127.0.0.1:${await listen(frontend)}`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await close(frontend);
  });

  async function open(app: TestApp): Promise<Page> {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${origin}/?api=${encodeURIComponent(app.url)}`);
    return page;
  }

  const shows = (page: Page, text: string): Promise<void> =>
    page.getByRole('status').filter({ hasText: text }).waitFor();

  async function signIn(page: Page, username: string): Promise<void> {
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  it('signs in, stays signed in and signs out, when its origin is allowed', async () => {
    const app = await startTestApp({ ALLOWED_ORIGINS: origin });
    try {
      const { username } = await signUp(app);
      const page = await open(app);
      await shows(page, 'not_signed_in');
      await signIn(page, username);
      await shows(page, `Signed in as ${username}`);
      await page.reload();
      await shows(page, `Signed in as ${username}`);
      expect(await page.evaluate('document.cookie')).toBe('');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await shows(page, 'not_signed_in');
    } finally {
      await app.close();
    }
  });

  it('reads nothing and starts no session, when it is not', async () => {
    const app = await startTestApp();
    try {
      const { username } = await signUp(app);
      const page = await open(app);
      await signIn(page, username);
      await shows(page, 'ALLOWED_ORIGINS');
      expect(await app.sessions.all()).toEqual([]);
    } finally {
      await app.close();
    }
  });
});
