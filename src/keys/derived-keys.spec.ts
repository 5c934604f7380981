import { describe, expect, it } from 'vitest';
import { deriveKeys, Signer } from './derived-keys.js';

const [OLD, NEW] = ['1'.repeat(32), '2'.repeat(32)];

describe('deriveKeys', () => {
  it('derives a different key and a different key id for each purpose and each secret', () => {
    const keys = [...deriveKeys([NEW, OLD], 'one/v1'), ...deriveKeys([NEW, OLD], 'two/v1')];
    expect(new Set(keys.map(({ id }) => id)).size).toBe(4);
    expect(new Set(keys.map(({ key }) => key.toString('hex'))).size).toBe(4);
  });

  it('derives the same key again from the same secret and purpose', () => {
    expect(deriveKeys([NEW], 'one/v1')).toEqual(deriveKeys([NEW], 'one/v1'));
  });
});

describe('Signer', () => {
  it('verifies what it has signed and rejects every change', () => {
    const signer = new Signer([NEW], 'one/v1');
    const signed = signer.sign('a.value');
    expect(signer.verify(signed)).toBe('a.value');
    for (const forged of ['', '.', 'a.value', 'a.value.', signed.slice(0, -1), signed.replace('value', 'other')]) {
      expect(signer.verify(forged)).toBeUndefined();
    }
  });

  it('rejects a value that was signed for another purpose', () => {
    expect(new Signer([NEW], 'two/v1').verify(new Signer([NEW], 'one/v1').sign('value'))).toBeUndefined();
  });

  it('signs with the newest secret and verifies with all', () => {
    const rotated = new Signer([NEW, OLD], 'one/v1');
    expect(rotated.sign('value')).toBe(new Signer([NEW], 'one/v1').sign('value'));
    expect(rotated.verify(new Signer([OLD], 'one/v1').sign('value'))).toBe('value');
  });
});
