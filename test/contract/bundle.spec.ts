import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { built, DIST } from '../support/built.js';

interface Lock {
  packages: Record<string, { dev?: boolean }>;
}

const lock = JSON.parse(readFileSync(join(DIST, '../package-lock.json'), 'utf8')) as Lock;
/** What operators and production run; rolldown.config.js makes it. */
describe.each([
  ['main.js', []],
  // It is loaded outside of production only.
  ['cli/main.js', ['dev-environment.js']],
])('dist/%s', (entry, development) => {
  const main = built(entry);
  const chunks = join(dirname(main), 'chunks');
  const parts = readdirSync(chunks).filter((name) => name.endsWith('.js') && !development.includes(name));
  const files = [main, ...parts.map((name) => join(chunks, name))];
  const imported = files.flatMap(importsOf);
  const loaded = new Set(imported.filter((id) => !isAbsolute(id) && !isBuiltin(id)).map(packageOf));
  const installed = [...loaded].filter((name) => lock.packages[`node_modules/${name}`]);

  it('loads no development dependency', () => {
    expect(installed).toContain('mongoose');
    expect(installed.filter((name) => lock.packages[`node_modules/${name}`]!.dev)).toEqual([]);
  });

  it('lacks only optional packages of Nest', () => {
    expect([...loaded].filter((name) => !installed.includes(name)).sort()).toEqual([
      '@fastify/static',
      '@nestjs/microservices',
      '@nestjs/websockets',
      'class-transformer',
      'class-validator',
    ]);
  });

  it('contains the modules that are slow to load: this project, Nest and zod', () => {
    expect(installed.filter((name) => /^(@nestjs|zod)(\/|$)/.test(name))).toEqual([]);
    const others = imported.filter((id) => isAbsolute(id) && !files.includes(id));
    expect(others).toEqual(development.map((name) => join(chunks, name)));
  });

  it('loads the libraries for mail, passkeys and TOTP when they are first used, not at the start', () => {
    const atStart = importedAtStart(main);
    expect(atStart).toContain('mongoose');
    const lazy = ['nodemailer', '@simplewebauthn/server', 'otpauth'];
    for (const name of lazy) expect(atStart).not.toContain(name);
  });

  it('reports errors with the lines of the sources', () => {
    const { sources } = JSON.parse(readFileSync(`${main}.map`, 'utf8')) as { sources: string[] };
    const paths = sources.map((source) => join(dirname(main), source));
    expect(paths).toContain(join(DIST, '../src/auth/password-verifier.service.ts'));
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

/** The packages that the file and the files which it imports statically load. */
function importedAtStart(file: string, visited = new Set<string>()): string[] {
  visited.add(file);
  const statements = readFileSync(file, 'utf8').matchAll(/^(?:import|export) .*?["']([^"']+)["'];$/gm);
  return [...statements].flatMap(([, id = '']) => {
    if (!id.startsWith('.')) return [packageOf(id)];
    const path = join(dirname(file), id);
    return visited.has(path) ? [] : importedAtStart(path, visited);
  });
}

function packageOf(id: string): string {
  return /^(@[^/]+\/)?[^/]+/.exec(id)![0];
}
