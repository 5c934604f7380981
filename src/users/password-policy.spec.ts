import { describe, expect, it } from 'vitest';
import { passwordIssues } from './password-policy.js';

const issuesOf = (password: string, username = 'ada-lovelace', minLength = 8) =>
  passwordIssues(password, { username, minLength });

describe('passwordIssues', () => {
  it('accepts any text that is long enough, without rules of composition', () => {
    for (const password of [
      'all lower case words',
      '        ',
      'ÄÖÜäöüßé',
      '😀'.repeat(8),
      '0918273645546372',
      'x1'.repeat(128),
    ]) {
      expect(issuesOf(password)).toEqual([]);
    }
  });

  it('counts code points', () => {
    expect(issuesOf('😀'.repeat(7))).toEqual([{ code: 'too_short', limit: 8 }]);
    expect(issuesOf('😀'.repeat(256))).toEqual([]);
    expect(issuesOf('😀'.repeat(257))).toEqual([{ code: 'too_long', limit: 256 }]);
  });

  it('counts the hashed form: letters in composed form', () => {
    expect(issuesOf('e\u0301'.repeat(7))).toEqual([{ code: 'too_short', limit: 8 }]);
    expect(issuesOf('e\u0301'.repeat(8))).toEqual([]);
  });

  it('uses PASSWORD_MIN_LENGTH', () => {
    expect(issuesOf('a'.repeat(13) + 'b', 'ada', 15)).toEqual([{ code: 'too_short', limit: 15 }]);
    expect(issuesOf('correct horse b', 'ada', 15)).toEqual([]);
  });

  it('rejects common passwords in any case', () => {
    const words = ['password', 'PASSWORD', 'Password1', 'iloveyou', 'qwertyuiop', 'adminadmin', 'p@ssword', 'trustno1'];
    const digits = ['12345678', '987654321', '0123456789', '123123123', '12341234', '00000000', '1111111111'];
    const patterns = ['aaaaaaaa', 'abcdefgh', 'asdasdasd', '1q2w3e4r', '1qaz2wsx', 'abcd1234', 'letmein123'];
    const taken = [...words, ...digits, ...patterns].filter((one) => issuesOf(one)[0]?.code !== 'common_password');
    expect(taken).toEqual([]);
  });

  it('rejects the username in any spelling', () => {
    for (const password of ['ada-lovelace', 'ADA-Lovelace', ' ada-lovelace ', 'ａda-lovelace']) {
      expect(issuesOf(password)).toEqual([{ code: 'equals_username' }]);
    }
    expect(issuesOf('ada-lovelace!')).toEqual([]);
  });

  it('rejects a lone surrogate, which every encoder replaces with the same character', () => {
    expect(issuesOf('long enough \ud800')).toEqual([{ code: 'not_well_formed' }]);
  });
});
