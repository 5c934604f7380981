import { Logger } from '@nestjs/common';
import bcrypt from 'bcrypt';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../config/app.config.js';
import { HashQueueService } from './hash-queue.service.js';
import { PasswordHasherService, type PasswordHasherOptions } from './password-hasher.service.js';

/** Not the lowest possible cost, so that a dummy hash of the lowest cost would be noticed. */
const COST = 5;
const OLD = { id: 'k1', secret: 'an older pepper of sufficient length' };
const NEW = { id: 'k2', secret: 'a newer pepper of sufficient length ' };

function hasherWith(options: Partial<PasswordHasherOptions> = {}): PasswordHasherService {
  const config = loadConfig({
    NODE_ENV: 'test',
    MONGODB_URI: 'mongodb://x/y',
    SESSION_SECRETS: 's'.repeat(32),
    BCRYPT_COST: `${COST}`,
  });
  return new PasswordHasherService({ cost: COST, peppers: [], ...options }, new HashQueueService(config));
}

describe('PasswordHasher', () => {
  const hasher = hasherWith();
  beforeAll(() => {
    vi.spyOn(bcrypt, 'compare');
    vi.spyOn(bcrypt, 'hash');
    // What it tells an operator is for test/e2e/password-hashes.e2e-spec.ts.
    Logger.overrideLogger(false);
  });
  beforeEach(() => vi.clearAllMocks());
  afterAll(() => Logger.overrideLogger(true));

  it('stores the scheme, the key and a new salt with each hash', async () => {
    const [one, two] = [await hasher.hash('same password'), await hasher.hash('same password')];
    expect(one).toMatch(/^bcrypt-hmac-sha384::\$2b\$05\$.{53}$/);
    expect(one).not.toBe(two);
    expect(await hasherWith({ peppers: [NEW, OLD] }).hash('x')).toMatch(/^bcrypt-hmac-sha384:k2:\$2b\$05\$/);
  });

  it('accepts only the right password', async () => {
    const stored = await hasher.hash('right password');
    expect(await hasher.verify('right password', stored)).toEqual({ ok: true, needsRehash: false });
    for (const wrong of ['right passwor', 'right password ', ' right password', 'Right password', 'right password\0']) {
      expect(await hasher.verify(wrong, stored)).toEqual({ ok: false, needsRehash: false });
    }
  });

  it('counts every character, where bcrypt alone stops at 72 bytes', async () => {
    const stored = await hasher.hash('😀'.repeat(18));
    expect((await hasher.verify('😀'.repeat(19), stored)).ok).toBe(false);
    const long = await hasher.hash('a'.repeat(255) + 'b');
    expect((await hasher.verify('a'.repeat(255) + 'c', long)).ok).toBe(false);
  });

  it('accepts the same letters as composed or as combining characters', async () => {
    const stored = await hasher.hash('caf\u00e9 society');
    expect((await hasher.verify('cafe\u0301 society', stored)).ok).toBe(true);
  });

  it.each([
    ['an unknown user', null],
    ['a stored text that is no hash', 'not a hash'],
    ['an empty one', ''],
    ['a key that is gone', `bcrypt-hmac-sha384:gone:$2b$04$${'.'.repeat(53)}`],
  ])('rejects after exactly one bcrypt of the current cost: %s', async (_, stored) => {
    expect(await hasher.verify('any password', stored)).toEqual({ ok: false, needsRehash: false });
    expect(bcrypt.compare).toHaveBeenCalledOnce();
    const [, against] = vi.mocked(bcrypt.compare).mock.calls[0]!;
    expect(bcrypt.getRounds(against)).toBe(COST);
    expect(bcrypt.hash).not.toHaveBeenCalled();
  });

  it('runs exactly one bcrypt for a stored hash, right or wrong', async () => {
    const stored = await hasher.hash('right password');
    vi.clearAllMocks();
    await hasher.verify('right password', stored);
    await hasher.verify('wrong password', stored);
    expect(bcrypt.compare).toHaveBeenCalledTimes(2);
    expect(bcrypt.hash).not.toHaveBeenCalled();
  });

  const workOf = () =>
    vi
      .mocked(bcrypt.compare)
      .mock.calls.map(([, against]) => 2 ** bcrypt.getRounds(against))
      .reduce((sum, work) => sum + work, 0);

  it('takes the same time for hashes of a lower and the current cost, right or wrong', async () => {
    const cheaper = await hasherWith({ cost: 4 }).hash('right password');
    const plain = await bcrypt.hash('right password', 4);
    for (const cost of [COST, 7, 8]) {
      for (const [stored, ok] of [
        [cheaper, true],
        [cheaper, false],
        [plain, true],
        [plain, false],
        [null, false],
        ['not a hash', false],
      ] as const) {
        vi.clearAllMocks();
        const password = ok ? 'right password' : 'wrong password';
        expect(await hasherWith({ cost }).verify(password, stored)).toMatchObject({ ok, needsRehash: ok });
        expect([stored, workOf()]).toEqual([stored, 2 ** cost]);
      }
    }
  });

  it.each([
    ['cannot be waited for', '$2b$15$'],
    ['would take days', '$2a$31$'],
    ['bcrypt cannot verify', '$2b$03$'],
    ['is none', '$2y$99$'],
  ])('does not verify a plain hash whose cost %s', async (_, prefix) => {
    const stored = `${prefix}${'.'.repeat(53)}`;
    expect(await hasher.verify('any password', stored)).toEqual({ ok: false, needsRehash: false });
    expect(workOf()).toBe(2 ** COST);
  });

  it.each(['$2b$', '$2a$', '$2y$'])('accepts a plain %s hash and requests a rehash', async (prefix) => {
    const plain = (await bcrypt.hash('from the old app', COST)).replace('$2b$', prefix);
    expect(await hasher.verify('from the old app', plain)).toEqual({ ok: true, needsRehash: true });
    expect(await hasher.verify('from another app', plain)).toEqual({ ok: false, needsRehash: false });
  });

  it('requests a rehash if the cost was raised, not if it was lowered', async () => {
    const stored = await hasher.hash('a password');
    expect(await hasherWith({ cost: COST + 1 }).verify('a password', stored)).toEqual({ ok: true, needsRehash: true });
    const dearer = await hasherWith({ cost: COST + 1 }).hash('a password');
    expect(await hasher.verify('a password', dearer)).toEqual({ ok: true, needsRehash: false });
  });

  it('verifies with every pepper and moves hashes to the newest', async () => {
    const unpeppered = await hasher.hash('a password');
    const old = await hasherWith({ peppers: [OLD] }).hash('a password');
    const rotated = hasherWith({ peppers: [NEW, OLD] });
    expect(await rotated.verify('a password', old)).toEqual({ ok: true, needsRehash: true });
    expect(await rotated.verify('a password', unpeppered)).toEqual({ ok: true, needsRehash: true });
    expect(await hasherWith({ peppers: [NEW] }).verify('a password', old)).toEqual({ ok: false, needsRehash: false });
  });

  it('cannot verify a hash without its pepper', async () => {
    const peppered = await hasherWith({ peppers: [OLD] }).hash('a password');
    const guess = hasherWith({ peppers: [{ id: OLD.id, secret: 'another secret under the same id ...' }] });
    expect((await guess.verify('a password', peppered)).ok).toBe(false);
  });
});
