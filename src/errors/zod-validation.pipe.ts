import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { AppError, issue, MAX_ISSUES, type Issue } from './app.error.js';
import { ISSUE_CODES, type IssueCode } from './error-codes.js';

type Schema = z.ZodType;
type ZodIssue = z.core.$ZodIssue;

/** @throws {AppError} validation_failed, with one issue per field and cause, at most MAX_ISSUES */
export function validate<S extends Schema>(schema: S, input: unknown): z.output<S> {
  const prototypeKey = prototypeKeyIn(input);
  if (prototypeKey) throw new AppError('validation_failed', { issues: [prototypeKey] });
  const parsed = schema.safeParse(input ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, MAX_ISSUES).flatMap(toIssues);
  throw new AppError('validation_failed', { issues: dropRedundantIssues(issues).slice(0, MAX_ISSUES) });
}

/**
 * Applies the schema of a parameter, as in `@Body({ schema })`. Parameters without one pass unchanged. Not nestjs-zod: it
 * returns zod's own issue codes, and those of this API are a closed list.
 */
export class ZodValidationPipe implements PipeTransform {
  transform(value: unknown, { schema }: { schema?: unknown }): unknown {
    return schema ? validate(schema as Schema, value) : value;
  }
}

/** Schemas silently skip a JSON key named `__proto__`. This rejects it like any other unknown field. */
function prototypeKeyIn(input: unknown): Issue | undefined {
  const named = typeof input === 'object' && input !== null && Object.hasOwn(input, '__proto__');
  return named ? issue('__proto__', 'unknown_field') : undefined;
}

/** For a list in place of a string, zod reports its length as well: `wrong_type` is enough. */
function dropRedundantIssues(issues: Issue[]): Issue[] {
  const wrongType = new Set(issues.filter(({ code }) => code === 'wrong_type').map(({ path }) => path));
  return issues.filter(({ path, code }) => code === 'wrong_type' || code === 'unknown_field' || !wrongType.has(path));
}

function toIssues(problem: ZodIssue): Issue[] {
  const path = problem.path.join('.');
  if (problem.code === 'unrecognized_keys') {
    // A key is text of the client, so the response repeats it only if it looks like a field name.
    const keys = problem.keys.slice(0, MAX_ISSUES);
    return keys.map((key) => issue(/^\w{1,40}$/.test(key) ? key : '', 'unknown_field'));
  }
  const code = issueCode(problem);
  return [issue(path, code, WITH_LIMIT.has(code) ? limitOf(problem) : undefined)];
}

const WITH_LIMIT: ReadonlySet<IssueCode> = new Set(['too_short', 'too_long', 'out_of_range']);

function limitOf(problem: ZodIssue): number | undefined {
  if (problem.code === 'too_small') return Number(problem.minimum);
  if (problem.code === 'too_big') return Number(problem.maximum);
  const limit: unknown = problem.code === 'custom' ? problem.params?.limit : undefined;
  return typeof limit === 'number' ? limit : undefined;
}

function issueCode(problem: ZodIssue): IssueCode {
  switch (problem.code) {
    case 'invalid_type':
      return problem.input === undefined ? 'required' : 'wrong_type';
    case 'too_small':
      return problem.origin === 'string' ? 'too_short' : 'out_of_range';
    case 'too_big':
      return problem.origin === 'string' ? 'too_long' : 'out_of_range';
    case 'invalid_format':
      return 'not_well_formed';
    case 'custom': {
      const code: unknown = problem.params?.code;
      return typeof code === 'string' && code in ISSUE_CODES ? (code as IssueCode) : 'not_well_formed';
    }
    default:
      return 'wrong_type';
  }
}
