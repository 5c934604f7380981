import type { OpenAPIObject } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { issue } from '../errors/app.error.js';
import { ERROR_CODES, type ErrorCode } from '../errors/error-codes.js';
import { exampleOf, toJsonSchema, type Components } from './json-schema.js';
import type { OperationDescription } from '../http/operation.decorator.js';

type Responses = NonNullable<NonNullable<OpenAPIObject['paths'][string]['get']>['responses']>;

const text = { type: 'string' };

export const HEADERS = {
  'X-Request-Id': {
    description: 'Identifies this request in the log.',
    required: true,
    schema: { ...text, format: 'uuid' },
  },
  'Retry-After': { description: 'Seconds to wait.', required: true, schema: { type: 'integer', minimum: 1 } },
  Allow: { description: 'The methods that the resource accepts.', required: true, schema: text },
  Location: { description: 'URL of the created resource, or of the next page.', required: true, schema: text },
  'Set-Cookie': {
    description:
      'HttpOnly and SameSite: the session cookie when it is new, lasts longer than before, or is to go; after a sign-in the device cookie; on the way to a provider one that knows the attempt.',
    schema: text,
  },
};

const MORE_HEADERS: Record<number, string[]> = { 405: ['Allow'], 429: ['Retry-After'], 503: ['Retry-After'] };

/** @param status of success */
export function success(status: string, description: OperationDescription, components: Components): Responses {
  const { response, type = 'application/json', headers = [] } = description;
  const hasBody = response !== undefined || description.type !== undefined;
  return {
    [status]: {
      description: STATUS_CODES[status] ?? '',
      headers: refs('headers', ['X-Request-Id', ...headers]),
      ...(hasBody && { content: { [type]: response ? content(response, components) : { schema: text } } }),
    },
  };
}

function content(response: NonNullable<OperationDescription['response']>, components: Components) {
  const { schema, components: more } = toJsonSchema(response, 'output');
  Object.assign(components, more);
  return { schema, example: exampleOf(schema, components) };
}

/** One response per status of these codes. */
export function failures(codes: Iterable<ErrorCode>): Responses {
  const sorted = [...codes].sort();
  const statuses = new Set(sorted.map((code) => ERROR_CODES[code].status));
  const having = (status: number) => sorted.filter((code) => ERROR_CODES[code].status === status);
  return Object.fromEntries([...statuses].map((status) => [status, failure(having(status))]));
}

/** A status with a single code refers to the response that all routes share. */
function failure(codes: ErrorCode[]): Responses[string] {
  return codes.length === 1 ? { $ref: `#/components/responses/${codes[0]}` } : described(codes);
}

/** The shared response of each error code. */
export function errorResponses(): Responses {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  return Object.fromEntries(codes.map((code) => [code, described([code])]));
}

function described(codes: ErrorCode[]): Responses[string] {
  const { status } = ERROR_CODES[codes[0]!];
  // Generators for typed languages compile an enum only if it has a type.
  const statusCode = { type: 'integer', enum: [status] };
  const narrowed = { type: 'object', properties: { statusCode, code: { ...text, enum: codes } } };
  return {
    description: codes.map((code) => `\`${code}\`: ${ERROR_CODES[code].message}`).join('\n\n'),
    headers: refs('headers', ['X-Request-Id', ...(MORE_HEADERS[status] ?? [])]),
    content: {
      'application/json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Error' }, narrowed] },
        examples: refs('examples', codes),
      },
    },
  };
}

function refs(kind: 'headers' | 'examples', names: string[]): Record<string, { $ref: string }> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/${kind}/${name}` }]));
}

/** The body of each error code. */
export function errorExamples(components: Components) {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  return Object.fromEntries(codes.map((code) => [code, { value: errorExample(code, components) }]));
}

function errorExample(code: ErrorCode, components: Components): object {
  const { status, message } = ERROR_CODES[code];
  return {
    statusCode: status,
    error: STATUS_CODES[status],
    code,
    message,
    requestId: exampleOf({ format: 'uuid' }, components),
    ...(code === 'validation_failed' && { issues: [issue('password', 'too_short', 8)] }),
    ...(code === 'session_revoked' && { reason: 'revoked' }),
    ...(code === 'session_limit_reached' && {
      sessions: [exampleOf({ $ref: '#/components/schemas/Session' }, components)],
    }),
  };
}
