import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(ROOT, 'src', name), 'utf8') }));

/** The rules of the house that a compiler does not know. */
describe('the sources', () => {
  const filesWith = (pattern: RegExp) => SOURCES.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
  const outside = (files: string[], ...allowed: string[]) =>
    files.filter((name) => !allowed.some((place) => name === place || (place.endsWith('/') && name.startsWith(place))));

  it('read the environment only in the settings and the entry points', () => {
    const readers = filesWith(/\bprocess\.env\b|\bfrom 'node:process'/);
    expect(readers).toContain('main.ts');
    expect(outside(readers, 'config/', 'dev/', 'main.ts', 'cli/environment.ts')).toEqual([]);
  });

  it('derive the keys of each purpose in one place', () => {
    const purposes = SOURCES.flatMap(({ text }) => [...text.matchAll(/'([a-z-]+\/v\d+)'/g)].map(([, name]) => name!));
    expect(purposes).toContain('login-attempts/v1');
    expect(purposes).toEqual([...new Set(purposes)]);
  });

  it('use bcrypt only in the password hasher', () => {
    expect(filesWith(/['"]bcrypt['"]/)).toEqual(['users/password-hasher.service.ts']);
  });

  it('know the stored form of sessions only in the repositories, readers and stores', () => {
    const own = ['sessions.repository.ts', 'session.reader.ts', 'session.store.ts'].map(
      (name) => `sessions/store/mongodb/mongo-${name}`,
    );
    expect(filesWith(/([cC]ollection(?:ForReads)?(<[^(]*>)?\(|collectionName: )'sessions'/).sort()).toEqual(
      [...own].sort(),
    );
    // The list of indexes and the path of a controller also contain this name.
    const named = filesWith(/(?<!@Controller\()['"]sessions['"]/);
    expect(outside(named, ...own)).toEqual([]);
    expect(
      outside(filesWith(/redis\.(run|client|subscriber)\b/), 'sessions/store/redis/', 'database/redis.service.ts'),
    ).toEqual([]);
  });

  it('skip the write concern only for counts and touches', () => {
    expect(filesWith(/\bWRITE_CONCERN_W1\b/).sort()).toEqual([
      'database/database.options.ts',
      'rate-limits/attempt-counts.repository.ts',
      'rate-limits/mongo-rate-limiter.ts',
      'sessions/store/mongodb/mongo-sessions.repository.ts',
    ]);
    expect(filesWith(/\bw: \d|\bjournal: false/)).toEqual(['database/database.options.ts']);
  });

  it('load @nestjs/swagger, a quarter of the modules of a start, only when the document is requested', () => {
    expect(filesWith(/^import (?!type).*'@nestjs\/swagger'/m)).toEqual(['openapi/document.builder.ts']);
    expect(filesWith(/^import (?!type).*\/document\.builder\.js'/m)).toEqual([]);
    expect(filesWith(/await import\('\.\/document\.builder\.js'\)/)).toEqual(['openapi/document.service.ts']);
  });

  it('import nothing for development into production code', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    const development = Object.keys(devDependencies);
    const imports = SOURCES.flatMap(({ name, text }) =>
      [...text.matchAll(/^(?:import|export)(?! type).* from '([^']+)'|\bimport\('([^']+)'\)/gm)].map((match) => ({
        name,
        from: match[1] ?? match[2]!,
      })),
    );
    expect(imports.length).toBeGreaterThan(100);
    const wrong = imports.filter(({ name, from }) => {
      if (name.startsWith('dev/')) return false;
      // Loads it outside of production only; cli-accounts.e2e-spec.ts runs a command where dist/dev is absent.
      if (name === 'cli/environment.ts' && from === '../dev/dev-environment.js') return false;
      const target = from.startsWith('.') ? relative(ROOT, join(ROOT, 'src', name, '..', from)) : from;
      return (
        /^src\/dev[./]/.test(target) || development.some((tool) => target === tool || target.startsWith(`${tool}/`))
      );
    });
    expect(wrong).toEqual([]);
  });
});
