import type { Command } from 'commander';
import { command, type Outcome } from '../command.js';
import { runChecks, type CheckResult } from './run-checks.js';

export const doctor = (): Command =>
  command('doctor', 'check settings, secrets and database, and say what to do; changes nothing', run);

async function run(): Promise<Outcome> {
  const checks = await runChecks();
  const failed = checks.some(({ status }) => status === 'failed');
  return { lines: [...checks.flatMap(describe), '', verdict(checks)], json: { ok: !failed, checks }, failed };
}

const MARKS = { ok: '  ok     ', warning: '! warning', failed: 'x FAILED ', skipped: '- skipped' } as const;

function describe({ name, status, problems }: CheckResult): string[] {
  return [
    `${MARKS[status]}  ${name}`,
    ...problems.flatMap(({ message, advice }) => [`             ${message}`, `             -> ${advice}`]),
  ];
}

function verdict(checks: CheckResult[]): string {
  const count = (status: CheckResult['status']) => checks.filter((check) => check.status === status).length;
  if (count('failed') > 0) return `${count('failed')} of ${checks.length} checks failed.`;
  return count('warning') > 0 ? plural(count('warning'), 'warning') : 'All checks passed.';
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}.`;
