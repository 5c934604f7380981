import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const ADRS = readdirSync('docs/adr').map((name) => `docs/adr/${name}`);
const EXAMPLES = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('README.md'))
  .map((name) => `examples/${name}`);
const FILES = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/api.md',
  'docs/architecture.md',
  'docs/errors.md',
  'docs/mail.md',
  'docs/passkeys.md',
  'docs/second-factor.md',
  'docs/migration.md',
  'docs/operations.md',
  'docs/performance.md',
  'docs/sessions.md',
  'docs/security.md',
  'SECURITY.md',
  'attack/README.md',
  'bench/README.md',
  'deploy/README.md',
  'docs/testing.md',
  'docs/third-party-sign-in.md',
  'docs/web-client.md',
  ...ADRS,
  ...EXAMPLES,
];

/** Where a path in the text may begin, beside the top: under src or test. */
const BEGINNINGS = ['', 'src', 'test'];

it.each(FILES)('%s names only existing files', (file) => {
  const text = readFileSync(file, 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => join(dirname(file), path!));
  const paths = [...text.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.ts)`/g)].map(([, path]) => path!);
  const missing = [...links, ...paths].filter((path) => !BEGINNINGS.some((folder) => existsSync(join(folder, path))));
  expect(missing).toEqual([]);
});
