import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableUnder } from '../support/markdown.js';
import { mountedRoutes } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the table of routes in docs/api.md', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('lists every mounted route, and no others', () => {
    const listed = tableUnder('docs/api.md', '## The routes').flatMap(
      ([cell = '']) => cell.match(/[A-Z]+ \/[^`]*/g) ?? [],
    );
    expect([...listed].sort()).toEqual(mountedRoutes(app).sort());
  });
});
