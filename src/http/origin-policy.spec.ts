import { describe, expect, it } from 'vitest';
import { originAllowed } from './origin-policy.js';

const OWN = 'https://api.example.com';
const LISTED = 'https://app.example.com';
const ALLOWED = [LISTED];

/** Sec-Fetch-Site across, Origin down: what the policy says to each pair. */
const SITES = [undefined, '', 'same-origin', 'none', 'same-site', 'cross-site', 'same-origin, cross-site', 'future'];
const TABLE: [origin: string | undefined, cells: string][] = [
  [undefined, '+ + + + - - - -'],
  ['', '+ + + + - - - -'],
  [OWN, '+ + + + - - - -'],
  [LISTED, '+ + + + + + + +'],
  ['null', '- - + + - - - -'],
  ['https://evil.example', '- - + + - - - -'],
  ['http://api.example.com', '- - + + - - - -'],
  ['https://api.example.com:8443', '- - + + - - - -'],
  ['https://api.example.com.evil.example', '- - + + - - - -'],
  ['https://app.example.com.evil.example', '- - + + - - - -'],
  ['https://app.example.com/', '- - + + - - - -'],
  ['https://APP.example.com', '- - + + - - - -'],
  ['https://other.example.com', '- - + + - - - -'],
];
const CELLS = TABLE.flatMap(([origin, cells]) =>
  cells.split(' ').map((cell, column) => ({ origin, fetchSite: SITES[column], allowed: cell === '+' })),
);

describe('origin policy', () => {
  it.each(CELLS)('Origin $origin with Sec-Fetch-Site $fetchSite may write: $allowed', ({ allowed, ...sent }) => {
    expect(originAllowed({ ...sent, ownOrigin: OWN }, ALLOWED)).toBe(allowed);
  });

  it('rejects every origin if the origin of the server is unknown', () => {
    expect(originAllowed({ origin: OWN }, [])).toBe(false);
  });
});
