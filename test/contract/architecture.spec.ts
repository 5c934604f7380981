import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INDEXES } from '../../src/database/indexes.js';

const FILES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));

const IMPORTS = FILES.flatMap((from) => {
  const text = readFileSync(join('src', from), 'utf8');
  const targets = text.matchAll(/(?:\bfrom|\bimport\(|^import|\bmodule)\s*'(\.[^']+)'/gm);
  return [...targets].map(([, target]) => ({ from, to: posix.join(dirname(from), target!) }));
});

/** The business folder of a file; files beside the folders compose them all and are in none. */
const folderOf = (file: string): string => (file.includes('/') ? file.split('/')[0]! : '');

/** Imports that run back up between folders, as `users/users.service.ts -> sessions/session.types.ts`. None so far. */
const IMPORTS_BACK_UP: string[] = [];

function folderGraph(): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const { from, to } of IMPORTS) {
    const [a, b] = [folderOf(from), folderOf(to)];
    if (a === '' || a === b || IMPORTS_BACK_UP.includes(`${from} -> ${to.replace(/\.js$/, '.ts')}`)) continue;
    graph.set(a, (graph.get(a) ?? new Set()).add(b));
  }
  return graph;
}

/** Every folder that can be reached from itself. */
function foldersInCircles(graph: Map<string, Set<string>>): string[] {
  const reach = (start: string): Set<string> => {
    const seen = new Set<string>();
    const queue = [...(graph.get(start) ?? [])];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (!seen.has(next)) queue.push(...(graph.get(seen.add(next) && next) ?? []));
    }
    return seen;
  };
  return [...graph.keys()].filter((folder) => reach(folder).has(folder)).sort();
}

/** `session.cookie` → `SessionCookie`, `database.service` → `DatabaseService`. */
const pascalCase = (name: string): string =>
  name.replaceAll(/(?:^|[.-])(\w)/g, (_match, letter: string) => letter.toUpperCase());

/** The roles that an injectable may have after the dot. Everything else is a service. */
const ROLES = [
  'controller',
  'cookie',
  'decorator',
  'delegate',
  'filter',
  'guard',
  'loader',
  'module',
  'pipe',
  'reader',
  'registry',
  'repository',
  'serializer',
  'server',
  'service',
  'store',
  'strategy',
  'transport',
];

describe('the layout of src', () => {
  it('has imports to check', () => {
    expect(IMPORTS.length).toBeGreaterThan(500);
  });

  it('has no import cycle between folders, except for imports explained in docs/architecture.md', () => {
    expect(foldersInCircles(folderGraph())).toEqual([]);
    const text = readFileSync('docs/architecture.md', 'utf8');
    expect(IMPORTS_BACK_UP.length).toBeLessThanOrEqual(4);
    expect(IMPORTS_BACK_UP.filter((name) => !text.includes(name))).toEqual([]);
  });

  it('has every folder in src/README.md, and no others', () => {
    const named = [...readFileSync('src/README.md', 'utf8').matchAll(/`([\w-]+)\/`/g)].map(([, name]) => name!);
    expect([...new Set(named)].sort()).toEqual([...new Set(FILES.map(folderOf))].filter(Boolean).sort());
  });

  it('has every collection with indexes in the table of docs/architecture.md', () => {
    const text = readFileSync('docs/architecture.md', 'utf8');
    const rows = [...text.matchAll(/^\| (`[a-z_]+`(?:, `[a-z_]+`)*) +\|/gm)].flatMap(([, names]) => names!.split(', '));
    expect(Object.keys(INDEXES).filter((name) => !rows.includes(`\`${name}\``))).toEqual([]);
  });

  it('names every injectable by its file: a dot before the role, dashes between words', () => {
    const wrong = FILES.flatMap((file) => {
      const text = readFileSync(join('src', file), 'utf8');
      const classes = [...text.matchAll(/^@(?:Injectable|Catch)\(.*\)\nexport (?:abstract )?class (\w+)/gm)];
      const stem = basename(file, '.ts');
      const role = stem.split('.').at(-1)!;
      return classes
        .filter(([, name]) => name!.toLowerCase() !== pascalCase(stem).toLowerCase() || !ROLES.includes(role))
        .map(([, name]) => `${file}: ${name}`);
    });
    expect(wrong).toEqual([]);
  });
});
