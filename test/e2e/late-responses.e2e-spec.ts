import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SessionsRepository } from '../../src/sessions/store/sessions.repository.js';
import { signUp, type Credentials } from '../support/accounts.js';
import { setCookie } from '../support/cookies.js';
import { signInDevice, type Device } from '../support/devices.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** What gives this browser a new session cookie, or clears it. */
const CHANGES = [
  {
    name: 're-authentication',
    change: ({ password }: Credentials, device: Device) =>
      device.post('/sessions/current/reauthentication', { password }).expect(200),
  },
  {
    name: 'a password change',
    // To the same password, because the account is used again.
    change: ({ password }: Credentials, device: Device) =>
      device.put('/users/me/password', { currentPassword: password, newPassword: password }).expect(200),
  },
  {
    name: 'a sign-in',
    change: (account: Credentials, device: Device) => device.post('/users/login', account).expect(200),
  },
  { name: 'a sign-out', change: (_: Credentials, device: Device) => device.post('/users/logout').expect(200) },
  {
    name: 'DELETE /sessions/current',
    change: (_: Credentials, device: Device) => device.delete('/sessions/current').expect(204),
  },
];

/** @see https://github.com/auth0/nextjs-auth0/issues/544 */
describe('a response that refreshes the session cookie', () => {
  let app: TestApp;
  let account: Credentials;
  beforeAll(async () => {
    app = await startTestApp({}, { singleProcess: 'a process knows only its own responses in flight' });
    account = await signUp(app);
  });
  afterAll(() => app.close());

  /** A device whose session was last used so long ago that the next response sends its cookie again. */
  async function idleDevice(): Promise<Device> {
    const device = await signInDevice(app, account);
    await app.sessions.change(device.storedId, { lastSeenAt: new Date(Date.now() - 120_000) });
    return device;
  }

  /** Runs `meanwhile` while `GET /sessions` of this device waits for its list. @returns the response */
  async function listDuring(device: Device, meanwhile: () => PromiseLike<unknown>) {
    const sessions = app.app.get(SessionsRepository, { strict: false });
    const listActive = sessions.listActive.bind(sessions);
    vi.spyOn(sessions, 'listActive').mockImplementationOnce(async (...given) => {
      await meanwhile();
      return listActive(...given);
    });
    return device.get('/sessions');
  }

  it('is sent with the cookie if nothing else happens', async () => {
    const device = await idleDevice();
    const response = await listDuring(device, async () => undefined);
    expect(setCookie(response)!.pair).toBe(device.cookie);
  });

  it.each(CHANGES)('is sent without the old cookie after $name of the same browser', async ({ change }) => {
    const device = await idleDevice();
    const response = await listDuring(device, () => change(account, device));
    expect(response.status).toBe(200);
    expect(setCookie(response)).toBeUndefined();
  });

  it('is sent with the cookie after a sign-in of another browser', async () => {
    const device = await idleDevice();
    const response = await listDuring(device, () => signInDevice(app, account));
    expect(setCookie(response)!.pair).toBe(device.cookie);
  });

  it('leaves a sign-out that follows it unaffected', async () => {
    const device = await idleDevice();
    expect(setCookie(await device.get('/sessions').expect(200))!.pair).toBe(device.cookie);
    expect(setCookie(await device.post('/users/logout').expect(200))!.secretId).toBe('');
  });
});
