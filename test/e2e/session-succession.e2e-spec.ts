import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { AccountService } from '../../src/account/account.service.js';
import { SessionsRepository } from '../../src/sessions/store/sessions.repository.js';
import type { UserRecord } from '../../src/users/user.schema.js';
import { signUp, type Credentials } from '../support/accounts.js';
import { renewed, signInDevice, type Device } from '../support/devices.js';
import { databaseUri, startTestApp, type TestApp } from '../support/test-app.js';

const STORES = [
  { store: 'mongodb', skipped: false },
  { store: 'redis', skipped: inject('redisUrl') === null },
];

interface Scene {
  account: Credentials;
  /** As it was before its session was given a new id. */
  device: Device;
  other: Device;
}

/** What gives a session a new id. */
const RENEWALS = [
  {
    name: 're-authentication',
    renew: ({ password }: Credentials, device: Device) =>
      device.post('/sessions/current/reauthentication', { password }),
  },
  {
    name: 'a password change',
    renew: ({ password }: Credentials, device: Device) =>
      device.put('/users/me/password', { currentPassword: password, newPassword: password }),
  },
];

const statusOf = async (device: Device) => (await device.get('/users/protected')).status;

for (const { store, skipped } of STORES) {
  describe.skipIf(skipped)(`a session in ${store} with a new id`, () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await startTestApp({ SESSION_STORE: store, MONGODB_URI: databaseUri() });
    });
    afterAll(() => app.close());

    async function sceneOf(): Promise<Scene> {
      const account = await signUp(app);
      return { account, device: await signInDevice(app, account), other: await signInDevice(app, account) };
    }

    /** Every request that ends the session by what it was called before. */
    const ENDINGS: { name: string; end: (scene: Scene) => Promise<unknown> }[] = [
      { name: 'sign-out', end: async ({ device }) => device.post('/users/logout').expect(200) },
      { name: 'DELETE /sessions/:id', end: async ({ device, other }) => other.delete(idPath(device)).expect(204) },
      {
        name: 'endSession of a sign-in',
        end: ({ account, device }) => signInDevice(app, account, { body: { endSession: device.session.id } }),
      },
      {
        name: 'an operator',
        end: async ({ account, device }) => {
          const user = await app.db.collection<UserRecord>('users').findOne({ username: account.username });
          await app.app.get(AccountService, { strict: false }).revokeSessions(user!, device.session.id);
        },
      },
    ];
    const idPath = ({ session }: Device) => `/sessions/${session.id}`;

    /** Gives the session a new id. @returns the device with its new cookie */
    async function renew({ account }: Scene, device: Device): Promise<Device> {
      const answer = await RENEWALS[0]!.renew(account, device).expect(200);
      return renewed(app, answer, answer.body.session);
    }

    it.each(ENDINGS)('is revoked by $name of the old one', async ({ end }) => {
      const scene = await sceneOf();
      const device = await renew(scene, scene.device);
      expect(await statusOf(device)).toBe(200);
      await end(scene);
      expect(await statusOf(device)).toBe(401);
      expect(await statusOf(scene.other)).toBe(200);
    });

    it.each(ENDINGS)('is revoked by $name of the first of several', async ({ end }) => {
      const scene = await sceneOf();
      const device = await renew(scene, await renew(scene, await renew(scene, scene.device)));
      await end(scene);
      expect(await statusOf(device)).toBe(401);
    });

    // Before the fix, a sign-out in between got 200 and the session stayed active, 28 times of 28.
    describe.each(RENEWALS)('by $name', ({ renew: renewBy }) => {
      it.each(ENDINGS.slice(0, 2))('is revoked by $name that arrives before the commit', async ({ end }) => {
        app.singleProcess('its repository is held up');
        const scene = await sceneOf();
        const sessions = app.app.get(SessionsRepository, { strict: false });
        const replace = sessions.replace.bind(sessions);
        let ending: Promise<unknown> | undefined;
        const spy = vi.spyOn(sessions, 'replace').mockImplementationOnce(async (...given) => {
          await replace(...given);
          ending = end(scene);
          await new Promise((resolve) => setTimeout(resolve, 100));
        });
        const answer = await renewBy(scene.account, scene.device);
        spy.mockRestore();
        await ending;
        expect([200, 401]).toContain(answer.status);
        const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? scene.device.cookie;
        expect((await app.agent().get('/users/protected').set('Cookie', cookie)).status).toBe(401);
      });
    });

    it('does not include a new sign-in of the same browser', async () => {
      const { account, device } = await sceneOf();
      const again = await signInDevice(app, account, { headers: { Cookie: device.cookie } });
      await device.post('/users/logout').expect(200);
      expect(await statusOf(again)).toBe(200);
    });

    it('is revoked, and its cookie cleared, by its own device with the old id', async () => {
      const scene = await sceneOf();
      const device = await renew(scene, scene.device);
      const answer = await device.delete(idPath(scene.device)).expect(204);
      expect(answer.headers['set-cookie']?.[0]).toMatch(/^sid=;/);
      expect(await statusOf(device)).toBe(401);
    });

    it('is revoked by a sign-in of the same browser with the old cookie', async () => {
      app.singleProcess('its repository is held up');
      const scene = await sceneOf();
      let device: Device | undefined;
      const sessions = app.app.get(SessionsRepository, { strict: false });
      const revoke = sessions.revoke.bind(sessions);
      vi.spyOn(sessions, 'revoke').mockImplementationOnce(async (...given) => {
        device = await renew(scene, scene.device);
        return revoke(...given);
      });
      await signInDevice(app, scene.account, { headers: { Cookie: scene.device.cookie } });
      expect(await statusOf(device!)).toBe(401);
    });
  });
}
