import { describe, expect, it } from 'vitest';
import { networkOf, parseIpAddress } from './ip-address.js';

describe('networkOf', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:80', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2:ffff::]:443', '2001:db8:1:2::/64'],
    ['2001:db8::', '2001:db8::/64'],
    ['2001:db8:0:0:1::', '2001:db8::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['::1', '::/64'],
    ['::', '::/64'],
    ['64:ff9b::192.0.2.1', '192.0.2.1'],
    ['[64:ff9b::c000:201]:443', '192.0.2.1'],
    ['64:ff9b:1::192.0.2.1', '64:ff9b:1::/64'],
  ])('maps %s to %s', (text, network) => {
    expect(networkOf(text)).toBe(network);
  });

  it.each(['', 'unknown', '1.2.3', '1.2.3.4.5', '999.1.1.1', '[::1', 'evil:1', '::1::', '_hidden'])(
    'rejects %j',
    (text) => {
      expect(networkOf(text)).toBeUndefined();
    },
  );
});

describe('parseIpAddress', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['[2001:0DB8:0:0::1]:443', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
    ['64:ff9b::203.0.113.7', '203.0.113.7'],
  ])('finds in %s %s', (text, address) => {
    expect(parseIpAddress(text)).toBe(address);
  });

  it.each(['', 'unknown', '_hidden', '1.2.3.4.5', 'evil:1'])('rejects %j', (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });
});
