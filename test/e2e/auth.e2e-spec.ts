import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, signUp } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('auth', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('shows a signed-in user exactly who they are', async () => {
    const account = await signUp(app);
    const agent = await signIn(app, account);
    const answer = await agent.get('/users/protected').expect(200);
    expect(answer.body).toEqual({ userId: expect.any(String), userName: account.username });
  });

  it('refuses a guest with not_signed_in', async () => {
    expectError(await app.agent().get('/users/protected'), 'not_signed_in');
  });
});
