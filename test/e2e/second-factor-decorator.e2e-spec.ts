import { Controller, Get, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Operation } from '../../src/http/operation.decorator.js';
import { SecondFactor } from '../../src/second-factor/second-factor.decorator.js';
import { loginAs, PASSWORD, signIn, signUp } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { addPasskey, signInByPasskey, WITH_PASSKEYS } from '../support/passkeys.js';
import { signInWithSecondFactor } from '../support/second-factor.js';
import { letTimePass } from '../support/stored-sessions.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

@Controller('vault')
class VaultController {
  @Operation({ summary: 'Open the vault', response: z.strictObject({ opened: z.boolean() }) })
  @SecondFactor()
  @Get()
  open(): { opened: boolean } {
    return { opened: true };
  }
}

/** Imports no module of the app. */
@Module({ controllers: [VaultController] })
class VaultModule {}

describe('@SecondFactor()', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(WITH_PASSKEYS, { features: [VaultModule] });
  });
  afterAll(() => app.close());

  it('rejects requests without a session', async () => {
    expectError(await app.agent().get('/vault'), 'not_signed_in');
  });

  it('asks an account without a second factor to set one up', async () => {
    expectError(await (await loginAs(app)).get('/vault'), 'second_factor_setup_required');
  });

  it('opens to a session that proved the second factor, however long ago', async () => {
    const { agent } = await signInWithSecondFactor(app);
    expect((await agent.get('/vault')).body).toEqual({ opened: true });
    await letTimePass(app.sessions);
    expect((await agent.get('/vault')).body).toEqual({ opened: true });
  });

  it('asks a session below aal 2 to re-authenticate', async () => {
    const { agent } = await signInWithSecondFactor(app);
    const { body } = await agent.get('/sessions/current').expect(200);
    const stored = (await app.sessions.all()).find(({ publicId }) => publicId === body.id)!;
    await app.sessions.change(stored._id, { aal: 1 });
    expectError(await agent.get('/vault'), 'reauthentication_required', { methods: ['password'] });
  });

  it('offers the passkey alone where no second factor is on: the password would lead to aal 1', async () => {
    const account = await signUp(app);
    const { authenticator } = await addPasskey(await signIn(app, account));
    const agent = await signIn(app, account);
    expectError(await agent.get('/vault'), 'reauthentication_required', { methods: ['passkey'] });
    await agent.post('/sessions/current/reauthentication').send({ password: PASSWORD }).expect(200);
    expectError(await agent.get('/vault'), 'reauthentication_required', { methods: ['passkey'] });
    const { status } = await signInByPasskey(agent, authenticator);
    expect(status).toBe(200);
    await agent.get('/vault').expect(200);
  });
});
