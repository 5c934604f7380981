import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the API documentation', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('serves the page with its own policy: only its own scripts, and nothing from other origins', async () => {
    const { headers, text } = await app.agent().get('/docs').expect(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'",
    );
    expect(text).not.toMatch(/https?:/);
  });

  it('serves every file that the page names, and no other', async () => {
    const { text } = await app.agent().get('/docs');
    const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!);
    expect(files).toHaveLength(4);
    for (const file of files) await app.agent().get(file).expect(200);
    for (const other of ['package.json', 'index.html', '..%2Fpackage.json', '%2e%2e%2f%2e%2e%2fpackage.json']) {
      expectError(await app.agent().get(`/docs/${other}`), 'not_found');
    }
  });

  it('has no page with DOCS_ENABLED=false; the document stays', async () => {
    const off = await startTestApp({ DOCS_ENABLED: 'false' });
    try {
      for (const path of ['/docs', '/docs/', '/docs/start.js']) expectError(await off.agent().get(path), 'not_found');
      await off.agent().get('/openapi.json').expect(200);
    } finally {
      await off.close();
    }
  });
});
