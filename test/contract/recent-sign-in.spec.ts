import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describedRoutes } from '../../src/openapi/routes.js';
import { asRequest, mountedRoutes } from '../support/routes.js';
import { signInWithSecondFactor } from '../support/second-factor.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Every route that changes how a user signs in, deletes the account or links a provider. */
const SENSITIVE = [
  'DELETE /users/me',
  'DELETE /users/me/email',
  'DELETE /users/me/identities/:provider',
  'DELETE /users/me/passkeys/:id',
  'DELETE /users/me/password',
  'DELETE /users/me/totp',
  'POST /auth/:provider/link',
  'POST /users/me/passkeys',
  'POST /users/me/passkeys/options',
  'POST /users/me/recovery-codes',
  'POST /users/me/totp',
  'PUT /users/me/email',
  'PUT /users/me/password',
];

describe('routes that change how a user signs in', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      MAIL_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'app@example.com',
      FRONTEND_URL: 'http://localhost:3000',
    });
  });
  afterAll(() => app.close());

  it('reject an old session, and one without the second factor of the account', async () => {
    const { agent } = await signInWithSecondFactor(app);
    const mounted = mountedRoutes(app);
    expect(SENSITIVE.filter((route) => !mounted.includes(route))).toEqual([]);
    const stored = (await app.sessions.all()).find((session) => !session.revokedAt)!;
    const minutesAgo = new Date(Date.now() - 600_000);
    for (const change of [{ aal: 1 as const }, { aal: 2 as const, authenticatedAt: minutesAgo }]) {
      await app.sessions.change(stored._id, change);
      for (const route of SENSITIVE) {
        const [method, path] = asRequest(route);
        const { body } = await agent[method](path);
        expect([route, body]).toEqual([route, expect.objectContaining({ code: 'reauthentication_required' })]);
      }
    }
  });

  it('are the routes with the guard, and PUT /users/me/password, which depends on the account', () => {
    const guarded = [...describedRoutes(app.app).values()].filter(({ needsRecentSignIn }) => needsRecentSignIn);
    expect(guarded).toHaveLength(SENSITIVE.length - 1);
  });
});
