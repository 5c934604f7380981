import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertionsIn, readCollection, requestsOf } from '../support/postman.js';
import { mountedRoutes } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Requests to unknown URLs and methods: the collection asserts the error. */
const MEANT_TO_MISS = ['GET /nowhere', 'PUT /users/login'];

const collection = readCollection();

describe('the Postman collection', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('calls every mounted route, and no others', () => {
    const called = new Set(
      requestsOf(collection).map(({ request }) => `${request.method} /${request.url.path.join('/')}`),
    );
    expect([...called].sort()).toEqual([...mountedRoutes(app), ...MEANT_TO_MISS].sort());
  });

  it('has assertions for every request', () => {
    expect(requestsOf(collection).filter(({ event }) => assertionsIn(event) === 0)).toEqual([]);
  });

  it('has the default URL of the server', () => {
    expect(collection.variable).toContainEqual({ key: 'baseUrl', value: 'http://localhost:3000' });
  });
});
