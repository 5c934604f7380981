import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { RequestHandler } from 'express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DocumentService } from '../../src/openapi/document.service.js';
import { recordBody } from './recorded-body.js';

interface Answer {
  method: string;
  path: string;
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

interface DocumentedResponse {
  $ref?: string;
  headers?: Record<string, object>;
  content?: Record<string, object>;
}

const undocumented: string[] = [];

/** Returns the violations of the OpenAPI document in all responses since the last call. */
export function takeUndocumented(): string[] {
  return undocumented.splice(0);
}

/**
 * Middleware that checks every response against the OpenAPI document: status, headers, media type, body.
 * @param standard whether the app has only the modules of app.module.ts. Their document does not depend on settings, so it is
 *   built once for all these apps
 */
export async function checkAgainstOpenApi(app: NestExpressApplication, standard: boolean): Promise<RequestHandler> {
  const judge = await (standard ? (standardJudge ??= judgeFor(app)) : judgeFor(app));
  return (request, response, next) => {
    const { method, path } = request;
    const body = recordBody(response, () => {
      const answer = { method, path, status: response.statusCode, headers: response.getHeaders(), body: body() };
      undocumented.push(...judge(answer).map((fault) => `${method} ${path} ${answer.status}: ${fault}`));
    });
    next();
  };
}

type Judge = (answer: Answer) => string[];

let standardJudge: Promise<Judge> | undefined;

async function judgeFor(app: NestExpressApplication): Promise<Judge> {
  return judgeOf(await app.get(DocumentService).document);
}

/** @returns how a response violates the document */
function judgeOf(document: OpenAPIObject): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  const schemaAt = (pointer: string[]): ValidateFunction =>
    ajv.getSchema(`document#/${pointer.map((part) => encodeURIComponent(part.replaceAll('/', '~1'))).join('/')}`)!;
  const isError = schemaAt(['components', 'schemas', 'Error']);
  const templates = Object.keys(document.paths).map((path) => ({ path, pattern: patternOf(path) }));
  templates.sort((a, b) => params(a.path) - params(b.path));

  return ({ method, path, status, headers, body }) => {
    if (method === 'OPTIONS') return [];
    // The document has no HEAD: it follows GET, except for a GET route with side effects.
    if (method === 'HEAD' && status === 405) return [];
    const operation = method === 'HEAD' ? 'get' : method.toLowerCase();
    const template = templates.find(
      ({ pattern, path: name }) => pattern.test(path) && operation in document.paths[name]!,
    );
    // No route: a file of the web client, or an error of a middleware, 404 or 405.
    if (!template && status >= 400) return method === 'HEAD' ? [] : faults(isError, body);
    // The mailbox of `npm start` is not part of the API.
    if (!template && path.startsWith('/dev/mail')) return [];
    if (!template) return operation === 'get' && !isJson(headers) ? [] : ['there is no such route'];
    const pointer = ['paths', template.path, operation, 'responses', String(status)];
    const { response, at } = resolve(document, pointer);
    if (!response) return ['this status is not documented'];
    const missing = missingHeaders(document, response, headers);
    const [type = ''] = String(headers['content-type']).split(';');
    if (!response.content) return [...missing, ...(body === '' ? [] : ['a body where there is none'])];
    const media = type in response.content ? type : '*/*';
    if (!(media in response.content)) return [...missing, `${type} is not documented`];
    if (media !== 'application/json' || method === 'HEAD') return missing;
    return [...missing, ...faults(schemaAt([...at, 'content', media, 'schema']), body)];
  };
}

const isJson = (headers: Answer['headers']): boolean => String(headers['content-type']).includes('json');

const params = (path: string): number => path.split('{').length;

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`, 'i');
}

function resolve(document: OpenAPIObject, pointer: string[]): { response?: DocumentedResponse; at: string[] } {
  const response = pointer.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    document,
  ) as DocumentedResponse | undefined;
  return response?.$ref ? resolve(document, response.$ref.split('/').slice(1)) : { response, at: pointer };
}

function missingHeaders(document: OpenAPIObject, { headers = {} }: DocumentedResponse, sent: Answer['headers']) {
  const required = Object.keys(headers).filter((name) => {
    const header = document.components!.headers![name];
    return header && 'required' in header && header.required;
  });
  const extra = 'set-cookie' in sent && !('Set-Cookie' in headers) ? ['Set-Cookie is not documented'] : [];
  return [...required.filter((name) => !(name.toLowerCase() in sent)).map((name) => `${name} is missing`), ...extra];
}

function faults(validate: ValidateFunction, body: string): string[] {
  if (!isJsonText(body)) return ['the body is not JSON'];
  if (validate(JSON.parse(body))) return [];
  return validate.errors!.map(({ instancePath, message }) => `the body${instancePath} ${message}`);
}

function isJsonText(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
