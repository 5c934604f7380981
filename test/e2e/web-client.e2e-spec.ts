import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PUBLIC = join(import.meta.dirname, '..', '..', 'public');

/** Where links in mails, and providers on the way to a second factor, lead. */
const LINK_PATHS = ['/reset-password', '/verify-email', '/undo-email-change', '/second-factor'];

describe('the files of the web client', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('are served with their own policy and revalidated each time', async () => {
    const files = await readdir(PUBLIC, { recursive: true });
    const addresses = ['/', ...files.filter((name) => name.includes('.')).map((name) => `/${name}`)];
    expect(addresses.length).toBeGreaterThan(20);
    for (const address of addresses) {
      const { headers } = await app.agent().get(address).expect(200);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      for (const name of ['frame-ancestors', 'base-uri', 'object-src', 'form-action']) {
        expect(policy).toContain(`${name} 'none'`);
      }
      expect(policy).not.toContain('unsafe');
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['set-cookie']).toBe(undefined);
      await app.agent().get(address).set('If-None-Match', String(headers.etag)).expect(304);
    }
  });

  it.each(LINK_PATHS)('serve the page at %s, where a link leads, under the same policy', async (path) => {
    const page = await app.agent().get('/').expect(200);
    const { text, headers } = await app.agent().get(path).expect(200);
    expect(text).toBe(page.text);
    expect(headers['content-security-policy']).toBe(page.headers['content-security-policy']);
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  it.each([
    ['Range', 'bytes=0-1'],
    ['Range', 'bytes=99999999-'],
    ['If-Match', '"nope"'],
    ['If-Unmodified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ])('are sent completely for range and conditional requests: %s: %s', async (name, value) => {
    for (const address of ['/', '/app.js', '/docs/swagger-ui.css']) {
      const whole = await app.agent().get(address).expect(200);
      const { text, headers } = await app.agent().get(address).set(name, value).expect(200);
      expect(text).toBe(whole.text);
      expect(headers).not.toHaveProperty('accept-ranges');
    }
  });

  it('do not change the policy of API responses', async () => {
    for (const address of ['/posts', '/users/me', '/nowhere']) {
      const { headers } = await app.agent().get(address);
      expect(headers['content-security-policy']).not.toContain('script-src');
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it.each([
    '/login',
    '/posts/new',
    '/views',
    '/views/',
    '/../package.json',
    '/%2e%2e/package.json',
    '/.env',
    '/app.js/',
  ])('keep a JSON 404 for %s', async (path) => {
    expectError(await app.agent().get(path), 'not_found');
  });

  it('are read-only', async () => {
    await app.agent().head('/').expect(200);
    expectError(await app.agent().post('/styles.css').send({}), 'not_found');
    const answer = await app.agent().post('/').send({});
    expectError(answer, 'method_not_allowed');
    expect(answer.headers.allow).toBe('GET, HEAD');
  });
});
