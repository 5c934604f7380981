import { describe, expect, it } from 'vitest';
import { isPlainJson } from './json-guards.js';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('isPlainJson', () => {
  it.each([
    '{}',
    nested(32),
    `${nested(20)}${nested(20)}`,
    JSON.stringify({ password: '['.repeat(500), quoted: '"{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{\\' }),
    JSON.stringify({ emoji: '😀é' }),
  ])('accepts %s', (text) => {
    expect(isPlainJson(Buffer.from(text))).toBe(true);
  });

  it.each([nested(33), '{"a":'.repeat(33), nested(30_000)])('rejects deep nesting', (text) => {
    expect(isPlainJson(Buffer.from(text))).toBe(false);
  });

  it.each([
    [0x22, 0xff, 0x22],
    [0x22, 0xc3, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
    [0xff, 0xfe, 0x7b, 0x00],
  ])('rejects bytes that are not UTF-8', (...bytes) => {
    expect(isPlainJson(Buffer.from(bytes))).toBe(false);
  });
});
