import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { code, tableUnder } from '../support/markdown.js';

/** Each command that does something, as one types it, and its options but the one that all have. */
function leaves(command: Command, path: string[] = []): [string, string[]][] {
  return command.commands.flatMap((child) => {
    const typed = [...path, child.name(), ...child.registeredArguments.map((argument) => `<${argument.name()}>`)];
    const own = child.options.map(({ long }) => long!).filter((name) => name !== '--json');
    return child.commands.length > 0 ? leaves(child, typed) : [[typed.join(' '), own] as [string, string[]]];
  });
}

it('docs/operations.md lists every command with its options, and no others', () => {
  const documented = tableUnder('docs/operations.md', '## Commands').map(([command, options = '']) => [
    code(command),
    [...options.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  ]);
  expect(documented).toEqual(leaves(createProgram()));
});
