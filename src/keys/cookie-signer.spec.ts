import { describe, expect, it } from 'vitest';
import { CookieSigner } from './cookie-signer.js';

const [OLD, NEW] = ['1'.repeat(32), '2'.repeat(32)];

describe('CookieSigner', () => {
  it('accepts its own signatures, and rejects every change', () => {
    const signature = new CookieSigner('session', [NEW]);
    const signed = signature.sign('value');
    expect(signature.verify(signed)).toBe('value');
    for (const forged of [undefined, '', 'value', 'value.', signed.slice(0, -1), signed.replace('value', 'other')]) {
      expect(signature.verify(forged)).toBeUndefined();
    }
  });

  it('rejects a signature for another purpose with the same secret', () => {
    const signed = new CookieSigner('session', [NEW]).sign('value');
    expect(new CookieSigner('device', [NEW]).verify(signed)).toBeUndefined();
  });

  it('signs with the newest secret and verifies with all', () => {
    const rotated = new CookieSigner('session', [NEW, OLD]);
    expect(rotated.sign('value')).toBe(new CookieSigner('session', [NEW]).sign('value'));
    expect(rotated.verify(new CookieSigner('session', [OLD]).sign('value'))).toBe('value');
  });
});
