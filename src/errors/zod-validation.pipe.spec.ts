import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, issue, type Issue } from './app.error.js';
import type { IssueCode } from './error-codes.js';
import { ZodValidationPipe, validate } from './zod-validation.pipe.js';

const schema = z.strictObject({
  name: z.string().min(2).max(4),
  count: z.int().min(1).max(9).optional(),
  mail: z.email().optional(),
  tags: z.array(z.string()).optional(),
  text: z
    .string()
    .refine((text) => text.isWellFormed(), { params: { code: 'not_well_formed' } })
    .optional(),
});

function issuesOf(input: unknown): Issue[] {
  try {
    validate(schema, input);
  } catch (error) {
    if (error instanceof AppError && error.code === 'validation_failed') return error.details.issues!;
    throw error;
  }
  return [];
}

describe('validate', () => {
  it('returns valid input', () => {
    expect(validate(schema, { name: 'ada', count: 3 })).toEqual({ name: 'ada', count: 3 });
  });

  it.each<[unknown, string, IssueCode, number?]>([
    [{}, 'name', 'required'],
    [undefined, 'name', 'required'],
    [null, 'name', 'required'],
    [{ name: 1 }, 'name', 'wrong_type'],
    [{ name: null }, 'name', 'wrong_type'],
    [{ name: ['ada'] }, 'name', 'wrong_type'],
    [{ name: { $ne: null } }, 'name', 'wrong_type'],
    [{ name: 'a' }, 'name', 'too_short', 2],
    [{ name: 'adaad' }, 'name', 'too_long', 4],
    [{ name: 'ada', count: 0 }, 'count', 'out_of_range', 1],
    [{ name: 'ada', count: 10 }, 'count', 'out_of_range', 9],
    [{ name: 'ada', count: '3' }, 'count', 'wrong_type'],
    [{ name: 'ada', mail: 'not an address' }, 'mail', 'not_well_formed'],
    [{ name: 'ada', text: '\ud800' }, 'text', 'not_well_formed'],
    [{ name: 'ada', tags: ['x', 1] }, 'tags.1', 'wrong_type'],
    [{ name: 'ada', more: 1 }, 'more', 'unknown_field'],
    [{ name: 'ada', constructor: 1 }, 'constructor', 'unknown_field'],
    [{ name: 'ada', '<b>my secret</b>': 1 }, '', 'unknown_field'],
    [JSON.parse('{"name":"ada","__proto__":{"count":3}}'), '__proto__', 'unknown_field'],
    [[], '', 'wrong_type'],
    ['ada', '', 'wrong_type'],
    [3, '', 'wrong_type'],
  ])('rejects %j at %j with %s', (input, path, code, limit) => {
    expect(issuesOf(input)).toEqual([issue(path, code, limit)]);
  });

  it('lists at most 20 issues of unknown and known fields', () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`key${i}`, i]));
    expect(issuesOf({ name: 'ada', ...unknown })).toHaveLength(20);
    expect(issuesOf({ name: 'ada', tags: Array.from({ length: 5_000 }, (_, i) => i) })).toHaveLength(20);
    expect(issuesOf({ name: 1, count: 'x', ...unknown }).slice(0, 2)).toEqual([
      issue('name', 'wrong_type'),
      issue('count', 'wrong_type'),
    ]);
  });

  it('lists all issues', () => {
    expect(
      issuesOf({ name: 1, count: 'x', a: 1, b: 2 })
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['a', 'b', 'count', 'name']);
  });

  it('does not change the prototype of objects', () => {
    issuesOf(JSON.parse('{"name":"ada","__proto__":{"polluted":true}}'));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('ZodValidationPipe', () => {
  it('validates parameters that name a schema, and no others', () => {
    const pipe = new ZodValidationPipe();
    expect(() => pipe.transform({}, { schema })).toThrow(AppError);
    expect(pipe.transform({ anything: 1 }, {})).toEqual({ anything: 1 });
  });
});
