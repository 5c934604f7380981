import type { Command } from 'commander';
import { command, type Outcome } from '../command.js';
import { repair } from './repair.js';
import { readSettings } from './settings.check.js';
import { runChecks, type CheckResult } from './run-checks.js';

export const doctor = (): Command =>
  command(
    'doctor',
    'check settings, secrets and database, and say what to do; changes nothing without --fix',
    run,
  ).option('--fix', 'create missing and wrong indexes, and rename what earlier versions stored under other names');

async function run({ fix = false }: { fix?: boolean }): Promise<Outcome> {
  const settings = await readSettings();
  const changes = fix && !Array.isArray(settings) ? await repair(settings.config.mongodbUri) : [];
  const checks = await runChecks(settings);
  const failed = checks.some(({ status }) => status === 'failed');
  const lines = [...changes.map((change) => `  fixed    ${change}`), ...checks.flatMap(describe), '', summary(checks)];
  return { lines, json: { ok: !failed, ...(fix && { changes }), checks }, failed };
}

const MARKS = { ok: '  ok     ', warning: '! warning', failed: 'x FAILED ', skipped: '- skipped' } as const;

function describe({ name, status, problems }: CheckResult): string[] {
  return [
    `${MARKS[status]}  ${name}`,
    ...problems.flatMap(({ message, advice }) => [`             ${message}`, `             -> ${advice}`]),
  ];
}

function summary(checks: CheckResult[]): string {
  const count = (status: CheckResult['status']) => checks.filter((check) => check.status === status).length;
  if (count('failed') > 0) return `${count('failed')} of ${checks.length} checks failed.`;
  return count('warning') > 0 ? plural(count('warning'), 'warning') : 'All checks passed.';
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}.`;
