import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { built, DIST } from '../support/built.js';

interface Lock {
  packages: Record<string, { dev?: boolean }>;
}

const lock = JSON.parse(readFileSync(join(DIST, '../package-lock.json'), 'utf8')) as Lock;
const main = built('main.js');
const chunks = join(dirname(main), 'chunks');
const files = [main, ...readdirSync(chunks).flatMap((name) => (name.endsWith('.js') ? [join(chunks, name)] : []))];

/** What production runs; rolldown.config.js makes it. */
describe('dist/main.js', () => {
  const imported = files.flatMap(importsOf);
  const loaded = new Set(imported.filter((id) => !isAbsolute(id) && !isBuiltin(id)).map(packageOf));
  const installed = [...loaded].filter((name) => lock.packages[`node_modules/${name}`]);

  it('loads no package that is there for development only', () => {
    expect(installed).toContain('mongoose');
    expect(installed.filter((name) => lock.packages[`node_modules/${name}`]!.dev)).toEqual([]);
  });

  it('misses only what Nest looks for and does without', () => {
    expect([...loaded].filter((name) => !installed.includes(name)).sort()).toEqual([
      '@fastify/static',
      '@nestjs/microservices',
      '@nestjs/websockets',
      'class-transformer',
      'class-validator',
    ]);
  });

  it('has in itself what would take long to load: this project, Nest and zod', () => {
    expect(installed.filter((name) => /^(@nestjs|zod)(\/|$)/.test(name))).toEqual([]);
    expect(imported.filter((id) => isAbsolute(id) && !files.includes(id))).toEqual([]);
  });

  it('tells errors by the lines of the sources', () => {
    const { sources } = JSON.parse(readFileSync(`${main}.map`, 'utf8')) as { sources: string[] };
    expect(sources).toContain('../src/auth/auth.service.ts');
  });
});

/** Names as they are imported; for other files of the bundle, their paths. */
function importsOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const code = lines.filter((line) => !/^\s*(\*|\/\/)/.test(line));
  const found = code.flatMap((line) => [
    ...line.matchAll(/^(?:import|export) .*?["']([^"']+)["'];$|\b(?:import|require)\(["']([^"']+)["']\)/g),
  ]);
  const ids = found.map((match) => match[1] ?? match[2]!);
  return ids.map((id) => (id.startsWith('.') ? join(dirname(file), id) : id));
}

function packageOf(id: string): string {
  return /^(@[^/]+\/)?[^/]+/.exec(id)![0];
}
