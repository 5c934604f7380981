import { describe, expect, it } from 'vitest';
import { isReturnPath } from './return-path.js';

describe('isReturnPath', () => {
  it.each([
    '/',
    '/#/',
    '/#/posts/new',
    '/posts?limit=2&cursor=a%2Fb',
    '/a/../b',
    '/..//evil.example',
    '/@evil.example',
  ])('accepts %j, which stays on this origin', (path) => {
    expect(isReturnPath(path)).toBe(true);
    expect(new URL(path, 'https://app.example').origin).toBe('https://app.example');
  });

  it.each([
    '',
    'x',
    '//evil',
    '///evil',
    '/\\evil',
    '\\evil',
    'https://evil',
    '/\tevil',
    '/\n/evil',
    ' /',
    '/ ',
    '/ä',
    '?x',
    '#x',
  ])('rejects %j', (path) => expect(isReturnPath(path)).toBe(false));
});
