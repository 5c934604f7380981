import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { built, DIST } from '../support/dist.js';

interface Lock {
  packages: Record<string, { dev?: boolean }>;
}

const lock = JSON.parse(readFileSync(join(DIST, '../package-lock.json'), 'utf8')) as Lock;
const main = built('main.js');
const chunks = join(dirname(main), 'chunks');
const files = [main, ...readdirSync(chunks).flatMap((name) => (name.endsWith('.js') ? [join(chunks, name)] : []))];

/** What production runs; rolldown.config.js makes it. */
describe('dist/main.js', () => {
  const loaded = new Set(files.flatMap((file) => packagesIn(readFileSync(file, 'utf8'))));
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
    expect(
      files.flatMap((file) => filesIn(readFileSync(file, 'utf8'), file)).filter((to) => !files.includes(to)),
    ).toEqual([]);
  });

  it('tells errors by the lines of the sources', () => {
    const { sources } = JSON.parse(readFileSync(`${main}.map`, 'utf8')) as { sources: string[] };
    expect(sources).toContain('../src/auth/auth.service.ts');
  });
});

function imports(code: string): string[] {
  const lines = code.split('\n').filter((line) => !/^\s*(\*|\/\/)/.test(line));
  const found = lines.flatMap((line) => [
    ...line.matchAll(/^(?:import|export) .*?["']([^"']+)["'];$|\b(?:import|require)\(["']([^"']+)["']\)/g),
  ]);
  return found.map((match) => match[1] ?? match[2]!);
}

function packagesIn(code: string): string[] {
  const names = imports(code).filter((id) => !id.startsWith('.') && !isBuiltin(id));
  return names.map((id) => /^(@[^/]+\/)?[^/]+/.exec(id)![0]);
}

function filesIn(code: string, file: string): string[] {
  const paths = imports(code).filter((id) => id.startsWith('.'));
  return paths.map((id) => join(dirname(file), id));
}
