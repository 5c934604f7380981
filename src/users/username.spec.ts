import { describe, expect, it } from 'vitest';
import { canonicalUsername, usernameIssues, suggestUsernames } from './username.js';

describe('canonicalUsername', () => {
  it('is one spelling for names that differ in case, width, composition or the space around them', () => {
    for (const spelling of ['ADA', 'ａｄａ', '  Ada\t', 'ＡＤＡ']) expect(canonicalUsername(spelling)).toBe('ada');
    expect(canonicalUsername('cafe\u0301')).toBe('caf\u00e9');
    // There is a letter for the small j with a caron, none for the capital one.
    expect(canonicalUsername('J\u030cane')).toBe('\u01f0ane');
  });

  it('leaves a canonical name as it is', () => {
    for (const name of ['İstanbul', 'ǅungla', 'ﬁn', 'ΣΑΣ', 'K', 'Å', 'ẞ', '\u212b\u0301', 'ŉame', 'J\u030cane']) {
      const once = canonicalUsername(name);
      expect(canonicalUsername(once)).toBe(once);
    }
  });
});

describe('usernameIssues', () => {
  it('takes letters and digits of any script and . _ @ + -', () => {
    for (const name of ['ada', 'a.b_c@d+e-f', '张三李', 'ünïcödé', '٣٤٥', 'x'.repeat(64), '𐐨'.repeat(64)]) {
      expect(usernameIssues(name)).toEqual([]);
    }
  });

  it('counts code points, not UTF-16 units', () => {
    expect(usernameIssues('𐐨𐐨')).toEqual(['too_short']);
    expect(usernameIssues('𐐨𐐨𐐨')).toEqual([]);
    expect(usernameIssues('𐐨'.repeat(65))).toEqual(['too_long']);
  });

  it.each([
    ['', 'too_short'],
    ['ab', 'too_short'],
    ['x'.repeat(65), 'too_long'],
    ['a b c', 'bad_characters'],
    ['a\u0000bc', 'bad_characters'],
    ['a\u200bbc', 'bad_characters'],
    ['ada\u202e', 'bad_characters'],
    ['$ne', 'bad_characters'],
    ['a/b', 'bad_characters'],
    ['😀😀😀', 'bad_characters'],
    ['abc\n', 'bad_characters'],
    ['ab\ud800', 'not_well_formed'],
  ])('refuses %j with %s', (name, code) => {
    expect(usernameIssues(name)).toEqual([code]);
  });
});

describe('usernamesLike', () => {
  it.each([
    [['Ada'], 'ada'],
    [['ada@example.com'], 'ada'],
    [['Ada Lovelace'], 'adalovelace'],
    [['李', 'x', 'ada@example.com'], 'ada'],
    [['x'.repeat(100)], 'x'.repeat(55)],
    [['<b>$ne</b>'], 'bneb'],
    // What stood between them gone, the two letters are one.
    [['\u1100*\u1161abc'], '\uac00abc'],
  ])('makes of %j first %s, then the same with something random behind it', (names, first) => {
    const [plain, ...others] = suggestUsernames(names);
    expect(plain).toBe(first);
    expect(others.filter((name) => name.startsWith(`${first}-`)).length).toBe(5);
    expect(others.flatMap(usernameIssues)).toEqual([]);
    for (const name of [first, ...others]) expect(canonicalUsername(name)).toBe(name);
  });

  it('makes one of nothing', () => {
    for (const name of suggestUsernames([])) expect(name).toMatch(/^user-[0-9a-f]{8}$/);
  });
});
