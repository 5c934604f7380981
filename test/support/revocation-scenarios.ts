import { AccountService } from '../../src/account/account.service.js';
import type { RevocationReason } from '../../src/errors/error-codes.js';
import type { UserRecord } from '../../src/users/user.schema.js';
import { signUp, type Credentials } from './accounts.js';
import { signInDevice, type Device } from './devices.js';
import type { TestApp } from './test-app.js';

/** The session limit for the scenarios below. */
export const ENDINGS_CAP = 3;

export interface Scene {
  /** The process that revokes. */
  on: { url: string };
  account: Credentials;
  user: UserRecord;
  /** The older of two sessions, which is revoked. */
  victim: Device;
  /** The other session of the account. */
  other: Device;
  /** The services that operator commands call. */
  accounts: AccountService;
}

/** Creates two sessions of a new account on this process. @param app for the database and operator commands */
export async function sceneOf(app: TestApp, on: { url: string } = app): Promise<Scene> {
  const account = await signUp(app);
  const [victim, other] = [await signInDevice(on, account), await signInDevice(on, account)];
  const user = (await app.db.collection<UserRecord>('users').findOne({ username: account.username }))!;
  return { on, account, user, victim, other, accounts: app.app.get(AccountService, { strict: false }) };
}

interface Ending {
  name: string;
  reason: RevocationReason;
  end: (scene: Scene) => Promise<unknown>;
}

/** Every way to revoke a session. */
export const ENDINGS: Ending[] = [
  { name: 'signing out', reason: 'logged_out', end: ({ victim }) => victim.post('/users/logout').expect(200) },
  {
    name: 'signing out by GET',
    reason: 'logged_out',
    end: ({ victim }) => victim.get('/users/logout').expect(200),
  },
  {
    name: 'ending it from another device',
    reason: 'revoked',
    end: ({ victim, other }) => other.delete(`/sessions/${victim.session.id}`).expect(204),
  },
  { name: 'ending it itself', reason: 'revoked', end: ({ victim }) => victim.delete('/sessions/current').expect(204) },
  { name: 'ending all others', reason: 'revoked', end: ({ other }) => other.delete('/sessions/others').expect(200) },
  { name: 'ending all', reason: 'revoked', end: ({ other }) => other.delete('/sessions').expect(200) },
  {
    name: 'endSession of a sign-in',
    reason: 'revoked',
    end: ({ on, account, victim }) => signInDevice(on, account, { body: { endSession: victim.session.id } }),
  },
  {
    name: 'signing in again in the same browser',
    reason: 'replaced',
    end: ({ on, account, victim }) => signInDevice(on, account, { headers: { Cookie: victim.cookie } }),
  },
  {
    name: 'step-up',
    reason: 'replaced',
    end: ({ account, victim }) =>
      victim.post('/sessions/current/reauthentication', { password: account.password }).expect(200),
  },
  {
    name: 'changing the password here',
    reason: 'replaced',
    end: ({ account, victim }) => changePassword(victim, account),
  },
  {
    name: 'changing the password on another device',
    reason: 'password_changed',
    end: ({ account, other }) => changePassword(other, account),
  },
  {
    name: 'signing in more often than the cap allows',
    reason: 'evicted',
    end: async ({ on, account }) => {
      for (let n = 1; n < ENDINGS_CAP; n += 1) await signInDevice(on, account);
    },
  },
  { name: 'disabling the account', reason: 'account_disabled', end: ({ accounts, user }) => accounts.disable(user) },
  {
    name: 'deleting the account',
    reason: 'account_deleted',
    end: ({ other }) => other.delete('/users/me').expect(204),
  },
];

function changePassword(device: Device, { password }: Credentials): Promise<unknown> {
  const body = { currentPassword: password, newPassword: 'another good horse battery' };
  return Promise.resolve(device.put('/users/me/password', body).expect(200));
}
