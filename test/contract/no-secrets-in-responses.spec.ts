import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Response } from 'express';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signUp } from '../support/accounts.js';
import { signInDevice } from '../support/devices.js';
import { checkForSecrets, secretsIn, takeSecrets } from '../support/secret-leak.check.js';
import { startTestApp } from '../support/test-app.js';

const SECRET_ID = 'nOtReAlLy-a-secret-id-0123456789';
const STORED_ID = createHash('sha256').update(SECRET_ID).digest('base64url');

/** test/support/setup.ts checks every response of every test app. This file proves that the check works. */
describe('secrets in responses', () => {
  it.each([
    ['a stored id', { items: [{ _id: 'x' }] }],
    ['a version key of Mongoose', { user: { __v: 0 } }],
    ['the field of a hash', { passwordHash: '' }],
    ['a hash by any name', { some: { thing: 'bcrypt-hmac-sha384::$2b$04$abcdefghijklmnopqrstuv' } }],
    ['a secret session id', { session: { id: SECRET_ID } }],
    ['the hash of one', [{ id: STORED_ID }]],
  ])('are found: %s', (_, body) => {
    expect(secretsIn(JSON.stringify(body))).toHaveLength(1);
  });

  it('are found inside a text too, if they belong to the request', () => {
    expect(secretsIn(`data: ${SECRET_ID}!`, [SECRET_ID])).toHaveLength(1);
    expect(secretsIn(`data: ${STORED_ID}!`, [SECRET_ID])).toHaveLength(1);
    expect(secretsIn('data: nothing', [SECRET_ID])).toEqual([]);
  });

  it('are looked for in real responses of the app', async () => {
    const leaks = { '/test/id': 'secretId', '/test/stored': 'storedId', '/test/key': '_id' };
    const sent: Record<string, string> = {};
    const prepare = (nest: NestExpressApplication) => {
      nest.use(checkForSecrets);
      for (const [path, name] of Object.entries(leaks)) {
        nest.use(path, (_: unknown, response: Response) => void response.json({ [name]: sent[name] ?? 'x' }));
      }
    };
    const app = await startTestApp({}, { prepare });
    try {
      const device = await signInDevice(app, await signUp(app));
      sent.secretId = /s%3A([\w-]+)\./.exec(device.cookie)![1]!;
      sent.storedId = device.storedId;
      expect(takeSecrets()).toEqual([]);
      for (const path of Object.keys(leaks)) {
        await device.get(path).expect(200);
        expect(takeSecrets().join('\n')).toContain(`GET ${path} 200: `);
      }
    } finally {
      await app.close();
    }
  });
});
