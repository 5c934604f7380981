import { describe, expect, it } from 'vitest';
import { canonicalCode } from './email-code.js';

describe('a typed code', () => {
  it.each([
    ['7K3M9QXZ', '7K3M9QXZ'],
    ['7k3m-9qxz', '7K3M9QXZ'],
    [' 7k3m 9qxz ', '7K3M9QXZ'],
    ['OoIiLl00', '00111100'],
  ])('%j is read as %s', (typed, code) => {
    expect(canonicalCode(typed)).toBe(code);
  });

  it.each(['', '7K3M9QX', '7K3M9QXZ0', '7K3M9QXU', '7K3M9QX!', '７K3M9QXZ'])('%j is no code', (typed) => {
    expect(canonicalCode(typed)).toBeUndefined();
  });
});
