/**
 * Whether this checkout can be released: `npm run release:check`. Names everything that is wrong and exits with 1.
 *   --quick   only the files; otherwise also `npm run check` and a rolling deploy from the last version
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const json = (path) => JSON.parse(read(path));
const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const { version } = json('package.json');
const changelog = read('CHANGELOG.md');
const section = new RegExp(
  `^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$([\\s\\S]*?)(?=^## \\[|$(?![\\s\\S]))`,
  'm',
).exec(changelog);
const unreleased = /^## \[Unreleased\]$([\s\S]*?)(?=^## \[)/m.exec(changelog)?.[1] ?? '';

/** What has to hold, and what is wrong if it does not. */
const RULES = [
  [git('status', '--porcelain') === '', 'there are changes that are not committed'],
  [section !== null, `CHANGELOG.md has no section "## [${version}] - DATE"`],
  [unreleased.trim() === '', 'CHANGELOG.md has entries under [Unreleased]'],
  [
    section?.[1].includes('### Upgrading') ?? true,
    `the section of ${version} does not say what an upgrade needs (### Upgrading)`,
  ],
  [json('package-lock.json').version === version, 'package-lock.json has another version'],
  [json('openapi.json').info.version === version, 'openapi.json has another version: npm run openapi'],
  [
    read('deploy/kubernetes/session-auth.yaml').includes(`session-auth:${version}`),
    'deploy/kubernetes names another version',
  ],
  [
    git('tag', '--list', `v${version}`) === '' || git('rev-parse', `v${version}^{commit}`) === git('rev-parse', 'HEAD'),
    `the tag v${version} names another commit`,
  ],
];

const problems = RULES.filter(([holds]) => !holds).map(([, problem]) => problem);
for (const problem of problems) console.error(`- ${problem}`);
if (problems.length > 0) process.exit(1);
if (!values.quick) {
  run('npm', 'run', 'check');
  run('node', 'deploy/rolling/rolling-deploy.mjs');
}
console.log(`${version} can be released: git tag v${version}`);

function run(command, ...args) {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' });
  if (status === 0) return;
  console.error(`- ${[command, ...args].join(' ')} failed`);
  process.exit(1);
}
