import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginAs } from '../support/accounts.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** What V8 goes by: an object whose prototype is changed gets hidden classes of its own, and every access is slow. */
interface Prototypes {
  request: unknown;
  response: unknown;
}

const prototypesOf = (request: IncomingMessage, response: ServerResponse): Prototypes => ({
  request: Object.getPrototypeOf(request),
  response: Object.getPrototypeOf(response),
});

/** @see docs/performance.md, "What made it fast": this alone halves the processor time of an authed read. */
describe('requests and responses', () => {
  const born: Prototypes[] = [];
  const handled: Prototypes[] = [];
  let app: TestApp;
  beforeAll(async () => {
    const prepare = (nest: NestExpressApplication): void => {
      // Before Express has touched them, and behind all that it and the pipeline do to them.
      const server = nest.getHttpServer();
      server.prependListener('request', (request, response) => born.push(prototypesOf(request, response)));
      nest.use((request: Request, response: Response, next: NextFunction) => {
        handled.push(prototypesOf(request, response));
        next();
      });
    };
    app = await startTestApp({}, { prepare });
  });
  afterAll(() => app.close());

  it('keep the prototypes they are created with, which are those of Express', async () => {
    const ada = await loginAs(app);
    await ada.get('/users/protected').expect(200);
    expect(handled.length).toBeGreaterThanOrEqual(3);
    const [first] = born;
    for (const { request, response } of [...born, ...handled]) {
      expect(request).toBe(first?.request);
      expect(response).toBe(first?.response);
    }
    const express = app.app.getHttpAdapter().getInstance() as Record<'request' | 'response', object>;
    expect(first?.request).toBe(express.request);
    expect(first?.response).toBe(express.response);
  });
});
