import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { PROJECT_ROOT } from '../config/project-root.js';
import { UNSAFE_GET_ROUTES } from '../http/allowed-methods.js';
import { errorSchema } from './error.schema.js';
import { exampleOf, toJsonSchema, type Components, type JsonSchema } from './json-schema.js';
import type { OperationDescription } from '../http/operation.decorator.js';
import { errorExamples, errorResponses, failures, HEADERS, success } from './responses.js';
import { errorsOf } from './route-errors.js';
import { describedRoutes, operationId, type DescribedRoute } from './routes.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const SESSION = 'session';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const DESCRIPTION = `Sign up, sign in and out, and the sessions of an account as a list of devices.

A sign-in sets the cookie \`sid\` (\`__Host-sid\` with Secure cookies, as in production). Every route needs it unless it is marked as public.
Requests and responses are \`application/json\`; times are ISO-8601 in UTC. Every error has the shape \`Error\` with a \`code\` for
programs. An unknown path returns 404 \`not_found\`; a method that a path does not accept returns 405 \`method_not_allowed\` with
\`Allow\`. Every response has \`X-Request-Id\`.`;

/**
 * Builds the OpenAPI document from Nest's decorators, the schemas of requests and responses, and the error codes.
 * `@nestjs/swagger` finds routes and bodies; it cannot derive the errors of a route from its guards, so this is done here.
 */
export function buildDocument(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, header(), {
    operationIdFactory: operationId,
    autoTagControllers: false,
    standardSchemaConverter: (schema) => toJsonSchema(schema as z.ZodType, 'input'),
  });
  const schemas: Components = { ...(document.components?.schemas as Components) };
  Object.assign(schemas, toJsonSchema(errorSchema, 'output').components);
  const routes = describedRoutes(app);
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) complete(operation, { path, method }, routes.get(operation.operationId!)!, schemas);
    }
  }
  const shared = { headers: HEADERS, examples: errorExamples(schemas), responses: errorResponses() };
  const components = { ...document.components, schemas: inUse(schemas, [document.paths, schemas, shared]), ...shared };
  return sortKeys({ ...document, components } as OpenAPIObject);
}

function header() {
  const packageFile = readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8');
  return new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Session authentication')
    .setDescription(DESCRIPTION)
    .setVersion((JSON.parse(packageFile) as { version: string }).version)
    .addCookieAuth('sid', { type: 'apiKey', description: '`__Host-sid` where cookies are Secure.' }, SESSION)
    .build();
}

interface Address {
  path: string;
  method: (typeof METHODS)[number];
}

/** @param operation from @nestjs/swagger: it has the success status and the input that handlers declare */
function complete(operation: Operation, { path, method }: Address, route: DescribedRoute, schemas: Components): void {
  const { description = { summary: path }, isPublic } = route;
  const [status] = Object.keys(operation.responses);
  operation.summary = description.summary;
  operation.description = description.description;
  operation.tags = [path.split(/[/.]/).find(Boolean)!];
  if (!isPublic) operation.security = [{ [SESSION]: [] }];
  operation.parameters = [
    ...inPath(path),
    ...operation.parameters!.filter((one) => !('in' in one) || one.in !== 'path'),
  ];
  const requestBody = bodyOf(operation, description, schemas);
  if (requestBody) operation.requestBody = requestBody;
  const changes = method !== 'get' || UNSAFE_GET_ROUTES.has(path.replaceAll(/\{(\w+)\}/g, ':$1'));
  operation.responses = {
    ...success(status!, isPublic ? description : withCookie(description), schemas),
    ...failures(errorsOf(route, path, changes)),
  };
}

/** Path parameters are strings; @nestjs/swagger would describe the type that a pipe returns. */
function inPath(path: string) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  return names.map((name) => ({ name, in: 'path' as const, required: true, schema: { type: 'string' } }));
}

/** Keeps schemas that something refers to; drops the types that pipes produce. */
function inUse(schemas: Components, places: object[]): Components {
  const text = JSON.stringify(places);
  return Object.fromEntries(
    Object.entries(schemas).filter(([name]) => text.includes(`"#/components/schemas/${name}"`)),
  );
}

function bodyOf({ requestBody }: Operation, { body }: OperationDescription, schemas: Components) {
  const converted = body && toJsonSchema(body, 'input');
  Object.assign(schemas, converted?.components);
  const declared = requestBody as { content: Record<string, { schema: JsonSchema }> } | undefined;
  const schema = converted?.schema ?? declared?.content['application/json']?.schema;
  if (!schema) return undefined;
  return { required: true, content: { 'application/json': { schema, example: exampleOf(schema, schemas) } } };
}

/** Any response to a signed-in caller may send the cookie again, when its idle deadline has moved. */
function withCookie(description: OperationDescription): OperationDescription {
  return { ...description, headers: [...(description.headers ?? []), 'Set-Cookie'] };
}

/** Keeps the diffs of the committed document small. */
function sortKeys<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sortKeys) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, item]) => [key, sortKeys<unknown>(item)])) as T;
}
