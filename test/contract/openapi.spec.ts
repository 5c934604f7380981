import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/errors/error-codes.js';
import { DocumentService } from '../../src/openapi/document.service.js';
import { mountedRoutes } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Operation {
  operationId: string;
  summary: string;
  security?: object[];
  responses: Record<string, object>;
}

const ANY_ID = '5b0c6f6e-6f5e-4c39-9f0e-2f3a0f1b7c55';

describe('the OpenAPI document', () => {
  let app: TestApp;
  let document: OpenAPIObject;
  beforeAll(async () => {
    app = await startTestApp();
    document = await app.app.get(DocumentService).document;
  });
  afterAll(() => app.close());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ method, path, operation: operation as Operation })),
    );

  it('is openapi.json; after a change, npm run openapi writes it', async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('../../openapi.json');
  });

  /**
   * Generators for Kotlin and Java compile no enum without a type: test/slow/generated-clients.spec.ts tries it.
   * @see https://github.com/OpenAPITools/openapi-generator/issues/20188
   */
  it('has a type at every enum and at every constant', () => {
    const untyped: string[] = [];
    for (const [path, node] of nodesIn(document)) {
      const { type, enum: values = [] } = node as { type?: string; enum?: unknown[] };
      const wrong = type === undefined || type === 'boolean' || (type === 'number' && values.every(Number.isInteger));
      if (('enum' in node || 'const' in node) && wrong) untyped.push(path);
    }
    expect(untyped).toEqual([]);
  });

  it('is served', async () => {
    const answer = await app.agent().get('/openapi.json').expect(200);
    expect(answer.body).toEqual(document);
  });

  it('has every mounted route, and no others', () => {
    const described = operations().map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    const mounted = mountedRoutes(app).map((route) => route.replaceAll(/:(\w+)/g, '{$1}'));
    expect(described.sort()).toEqual(mounted.sort());
  });

  it('has a summary and a unique id for every route', () => {
    expect(operations().filter(({ path, operation }) => operation.summary === path)).toEqual([]);
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('requires the session cookie exactly where guests get 401', async () => {
    for (const { method, path, operation } of operations()) {
      const guest = app.agent();
      const answer = await guest[method as 'get'](path.replaceAll(/\{\w+\}/g, ANY_ID)).send({});
      expect([path, answer.body.code === 'not_signed_in']).toEqual([path, operation.security !== undefined]);
    }
  });

  it('has a valid example for every error code and every body', () => {
    const ajv = new Ajv2020({ strict: false, validateSchema: false });
    addFormats.default(ajv);
    ajv.addSchema(document, 'document');
    const isError = ajv.getSchema('document#/components/schemas/Error')!;
    const { examples } = document.components as { examples: Record<string, { value: object }> };
    expect(Object.keys(examples).sort()).toEqual(Object.keys(ERROR_CODES).sort());
    for (const { value } of Object.values(examples)) expect([isError(value), value]).toEqual([true, value]);
    let bodies = 0;
    for (const { schema, example } of bodiesIn(document)) {
      const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object;
      expect([ajv.validate(local, example), example, ajv.errors]).toEqual([true, example, null]);
      bodies += 1;
    }
    expect(bodies).toBeGreaterThan(operations().length / 2);
  });
});

/** Every object of the document but those of examples, with its path. */
function* nodesIn(value: unknown, path = '#'): Generator<[string, object]> {
  if (typeof value !== 'object' || value === null) return;
  yield [path, value];
  for (const [key, item] of Object.entries(value)) {
    if (!key.startsWith('example')) yield* nodesIn(item, `${path}/${key}`);
  }
}

/** Every JSON body of requests and responses in the document that has one example. */
function* bodiesIn(value: unknown): Generator<{ schema: object; example: unknown }> {
  if (typeof value !== 'object' || value === null) return;
  if ('schema' in value && 'example' in value) yield value as { schema: object; example: unknown };
  for (const item of Object.values(value)) yield* bodiesIn(item);
}
