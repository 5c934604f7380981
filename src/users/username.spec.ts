import { describe, expect, it } from 'vitest';
import { canonicalUsername, usernameIssues, suggestUsernames } from './username.js';

describe('canonicalUsername', () => {
  it('is the same for names that differ in case, width, composition or surrounding space', () => {
    for (const spelling of ['ADA', 'ａｄａ', '  Ada\t', 'ＡＤＡ']) expect(canonicalUsername(spelling)).toBe('ada');
    expect(canonicalUsername('cafe\u0301')).toBe('caf\u00e9');
    // There is a letter for the small j with a caron, none for the capital one.
    expect(canonicalUsername('J\u030cane')).toBe('\u01f0ane');
  });

  it('is the same for both forms of the small sigma, in any position', () => {
    for (const name of ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς', 'οδυσσευσ', 'οδυςςευς']) {
      expect(canonicalUsername(name)).toBe('οδυσσευς');
    }
    for (const name of ['σίσυφος-σ', 'ΣΊΣΥΦΟΣ-Σ', 'ςίσυφοσ-ς']) {
      expect(canonicalUsername(name)).toBe(canonicalUsername('σίσυφος-σ'));
    }
  });

  it('does not change a canonical name', () => {
    for (const name of [
      'Σ',
      'aΣ.b',
      'ΑΣ\u0301Σ',
      'İstanbul',
      'ǅungla',
      'ﬁn',
      'ΣΑΣ',
      'K',
      'Å',
      'ẞ',
      '\u212b\u0301',
      'ŉame',
      'J\u030cane',
    ]) {
      const once = canonicalUsername(name);
      expect(canonicalUsername(once)).toBe(once);
    }
  });
});

describe('usernameIssues', () => {
  it('accepts letters and digits of any script and . _ @ + -', () => {
    for (const name of ['ada', 'a.b_c@d+e-f', '张三李', 'ünïcödé', '٣٤٥', 'x'.repeat(64), '𐐨'.repeat(64)]) {
      expect(usernameIssues(name)).toEqual([]);
    }
  });

  /** @see https://github.com/medusajs/medusa/issues/16297 */
  it.each([
    ['Hindi', 'राम_कुमार'],
    ['Thai', 'กิตติพงษ์'],
    ['Tamil', 'முருகன்'],
    ['Arabic with vowels', 'مُحَمَّد'],
    ['Hebrew with points', 'דָּוִד'],
    ['Yoruba', 'ọ̀ṣun.adé'],
    ['Vietnamese, decomposed', 'nguye\u0302\u0303n'],
    ['Burmese', 'အောင်ဆန်း'],
  ])('accepts names in %s: %s', (_, name) => {
    expect(usernameIssues(canonicalUsername(name))).toEqual([]);
  });

  it.each([
    ['a mark that begins a name', '\u0301ada'],
    ['a mark after a digit', 'ada1\u0301'],
    ['a mark after a dot', 'ada.\u0301b'],
    ['Hangul filler', '\u3164\u3164\u3164'],
    ['a Hangul filler of half width', 'ada\uffa0'],
    ['a Hangul choseong filler', 'ada\u115f'],
    ['a variation selector', 'ada\ufe0f'],
    ['a Mongolian variation selector', 'ᠮ\u180bᠮᠮ'],
    ['a combining grapheme joiner', 'a\u034fda'],
    ['a zero width joiner', 'क्\u200dष'],
    ['a zero width non-joiner', 'می\u200cخ'],
    ['a soft hyphen', 'a\u00adda'],
    ['a tag', 'ada\u{e0061}'],
    ['a right-to-left mark', 'ada\u200f'],
    ['an isolate', 'ada\u2066'],
  ])('rejects %s', (_, name) => {
    expect(usernameIssues(canonicalUsername(name))).toEqual([{ code: 'bad_characters' }]);
  });

  it('counts code points, not UTF-16 units', () => {
    expect(usernameIssues('𐐨𐐨')).toEqual([{ code: 'too_short', limit: 3 }]);
    expect(usernameIssues('𐐨𐐨𐐨')).toEqual([]);
    expect(usernameIssues('𐐨'.repeat(65))).toEqual([{ code: 'too_long', limit: 64 }]);
  });

  it.each<[string, string, number?]>([
    ['', 'too_short', 3],
    ['ab', 'too_short', 3],
    ['x'.repeat(65), 'too_long', 64],
    ['a b c', 'bad_characters'],
    ['a\u0000bc', 'bad_characters'],
    ['a\u200bbc', 'bad_characters'],
    ['ada\u202e', 'bad_characters'],
    ['$ne', 'bad_characters'],
    ['a/b', 'bad_characters'],
    ['😀😀😀', 'bad_characters'],
    ['abc\n', 'bad_characters'],
    ['ab\ud800', 'not_well_formed'],
  ])('rejects %j with %s', (name, code, limit) => {
    expect(usernameIssues(name)).toEqual([{ code, limit }]);
  });
});

describe('suggestUsernames', () => {
  it.each([
    [['Ada'], 'ada'],
    [['ada@example.com'], 'ada'],
    [['Ada Lovelace'], 'adalovelace'],
    [['李', 'x', 'ada@example.com'], 'ada'],
    [['x'.repeat(100)], 'x'.repeat(55)],
    [['<b>$ne</b>'], 'bneb'],
    [['राम कुमार'], 'रामकुमार'],
    [['ณัฐ\u200bพล'], 'ณัฐพล'],
    [['\u3164\u3164\u3164', 'Zoe\ufe0f'], 'zoe'],
    [['1\u0301\u0302234'], '1234'],
    // What stood between them gone, the two letters are one.
    [['\u1100*\u1161abc'], '\uac00abc'],
  ])('suggests for %j first %s, then the same with a random suffix', (names, first) => {
    const [plain, ...others] = suggestUsernames(names);
    expect(plain).toBe(first);
    expect(others.filter((name) => name.startsWith(`${first}-`)).length).toBe(5);
    expect(others.flatMap(usernameIssues)).toEqual([]);
    for (const name of [first, ...others]) expect(canonicalUsername(name)).toBe(name);
  });

  it('suggests a random name for an empty one', () => {
    for (const name of suggestUsernames([])) expect(name).toMatch(/^user-[0-9a-f]{8}$/);
  });
});
