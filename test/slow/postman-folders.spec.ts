import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertAllPass, run } from '../support/newman-run.js';
import { foldersOf, readCollection, requestsOf } from '../support/postman.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Names that the collection uses, as an environment of the user may define them. */
const TAKEN = ['username', 'password', 'email', 'userId', 'sessionId', 'postId', 'cookie', 'nextCursor'];

/** test/e2e/postman.e2e-spec.ts runs the whole collection. */
describe('the Postman collection', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const folders = foldersOf(readCollection()).map((folder) => [folder.name, folder] as const);

  it('has folders', () => expect(folders.length).toBeGreaterThan(5));

  it.each(folders)(
    'runs the folder %s by itself, also with a slash after baseUrl and with conflicting environment variables',
    async (name, folder) => {
      const environment = Object.fromEntries(TAKEN.map((key) => [key, 'of-the-environment']));
      assertAllPass(await run({ baseUrl: `${app.url}/`, ...environment }, name), requestsOf(folder));
    },
  );
});
