import { describe, expect, it } from 'vitest';
import { asciiEmail, emailAddress, normalEmail } from './email-address.js';

describe('an email address', () => {
  it.each([
    ['ada@example.com', 'ada@example.com'],
    ['Ada.Lovelace+Notes@EXAMPLE.com', 'ada.lovelace+notes@example.com'],
    ['ada@münchen.de', 'ada@xn--mnchen-3ya.de'],
    ['ada@MÜNCHEN.de', 'ada@xn--mnchen-3ya.de'],
    ['ada@xn--mnchen-3ya.de', 'ada@xn--mnchen-3ya.de'],
    ['ada@ｅｘａｍｐｌｅ.com', 'ada@example.com'],
    ["o'hara!#$%&*/=?^_`{|}~-@mail.example", "o'hara!#$%&*/=?^_`{|}~-@mail.example"],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%s has the normal form %s', (address, normal) => {
    expect(normalEmail(address)).toBe(normal);
  });

  it.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@example',
    'ada@example.com.',
    'ada@example..com',
    'ada@.example.com',
    'ada@-example.com',
    'ada@example-.com',
    'ada@exam_ple.com',
    'ada@example.com:25',
    'ada@example.com/inbox',
    'ada@exa%6dple.com',
    'ada@127.0.0.1',
    'ada@0x7f.1',
    'ada@１２７.0.0.1',
    'ada@[127.0.0.1]',
    'ada@[::1]',
    'ada@xn--a.com',
    'ada @example.com',
    'ada@exam ple.com',
    'a@da@example.com',
    '.ada@example.com',
    'ada.@example.com',
    'a..da@example.com',
    '"ada"@example.com',
    'adä@example.com',
    'ada@example.com\r\nBcc: eve@example.com',
    'ada@example.com, eve@example.com',
    'ada\0@example.com',
    `${'a'.repeat(65)}@example.com`,
    `ada@${'a'.repeat(64)}.com`,
    `ada@${'a.'.repeat(125)}com`,
    '\ud800@example.com',
    'ada@\ud800.com',
  ])('%j is not valid', (text) => {
    expect(normalEmail(text)).toBeUndefined();
  });

  it('goes to mail servers with the stored local part and the domain in ASCII', () => {
    expect(asciiEmail('Ada@München.de')).toBe('Ada@xn--mnchen-3ya.de');
  });

  it('is only trimmed', () => {
    expect(emailAddress.parse(' Ada@Example.com\n')).toBe('Ada@Example.com');
  });
});
