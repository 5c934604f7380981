import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Package {
  version: string;
  integrity?: string;
  /** Only where it does not come from the registry that npm is set up with. */
  resolved?: string;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Package> };
const installed = Object.entries(packages).filter(([path]) => path !== '');

describe('package-lock.json', () => {
  it('names every package with the SHA-512 of its archive', () => {
    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });

  it('has no package from a repository or an address', () => {
    const elsewhere = ({ resolved = '' }: Package) => resolved !== '' && !/^https:\/\/[^/]+\/.+\.tgz$/.test(resolved);
    expect(installed.filter(([, entry]) => elsewhere(entry))).toEqual([]);
    expect(installed.filter(([, { version }]) => !/^\d+\.\d+\.\d+/.test(version))).toEqual([]);
  });
});
