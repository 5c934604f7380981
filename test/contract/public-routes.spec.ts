import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IS_PUBLIC } from '../../src/http/public.decorator.js';
import { loginAs } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { asRequest, mountedRoutes } from '../support/routes.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Every public route. All other routes respond 401 to guests. */
const PUBLIC_ROUTES = [
  'GET /.well-known/change-password',
  'GET /auth/:provider',
  'GET /auth/:provider/callback',
  'GET /auth/methods',
  'GET /auth/providers',
  'GET /docs',
  'GET /docs/:file',
  'GET /health/live',
  'GET /health/ready',
  'GET /openapi.json',
  'GET /posts',
  'GET /posts/:id',
  'GET /users/logout',
  'POST /email-changes/undo',
  'POST /password-resets',
  'POST /password-resets/status',
  'POST /users/login',
  'POST /users/login/passkey',
  'POST /users/login/passkey/options',
  'POST /users/login/second-factor',
  'POST /users/login/second-factor/options',
  'POST /users/logout',
  'POST /users/signup',
  'PUT /password-resets',
];

describe('public routes', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('are the ones in this list, and are marked @Public()', () => {
    const declared = handlers(app).filter(({ isPublic }) => isPublic);
    expect(declared.map(({ route }) => route).sort()).toEqual(PUBLIC_ROUTES);
  });

  it('and protected routes are all that is mounted: every route belongs to a controller', () => {
    const handled = handlers(app).map(({ route }) => route);
    expect(mountedRoutes(app).sort()).toEqual(handled.sort());
  });

  it('are the only ones that do not respond 401 to a guest', async () => {
    const closed = protectedRoutes(app);
    expect(closed.length).toBeGreaterThan(0);
    for (const route of closed) {
      expectError(await call(route), 'not_signed_in');
      expectError(await call(route, 'sid=s%3Aforged.signature'), 'session_invalid');
    }
    for (const route of PUBLIC_ROUTES) expect((await call(route)).body.code).not.toBe('not_signed_in');
  });

  it('do not help a revoked session: protected routes reject it with any method', async () => {
    const agent = await loginAs(app);
    await app.db.collection('users').deleteMany({});
    for (const route of protectedRoutes(app)) {
      const [method, path] = asRequest(route);
      expectError(await agent[method](path).send(), 'session_revoked', { reason: 'account_deleted' });
    }
  });

  function call(route: string, cookie = '') {
    const [method, path] = asRequest(route);
    return app.agent()[method](path).set('Cookie', cookie).send();
  }
});

function protectedRoutes(app: TestApp): string[] {
  return mountedRoutes(app).filter((route) => !PUBLIC_ROUTES.includes(route));
}

interface Handler {
  route: string;
  isPublic: boolean;
}

/** Every handler of every controller, by reflection. */
function handlers(app: TestApp): Handler[] {
  const modules = [...app.app.get(ModulesContainer).values()];
  const controllers = new Set(
    modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype!)),
  );
  return [...controllers].flatMap((controller) => {
    const prototype = controller.prototype as Record<string, (() => unknown) | undefined>;
    const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
    const methods = names.map((name) => prototype[name]!);
    return methods
      .filter((method) => Reflect.hasMetadata(PATH_METADATA, method))
      .map((method) => ({
        route: `${RequestMethod[Number(Reflect.getMetadata(METHOD_METADATA, method))]} ${address(controller, method)}`,
        isPublic: [method, controller].some((target) => Reflect.getMetadata(IS_PUBLIC, target) === true),
      }));
  });
}

function address(controller: object, method: object): string {
  const parts = [controller, method].map((target) => String(Reflect.getMetadata(PATH_METADATA, target)));
  return `/${parts
    .map((part) => part.replaceAll(/^\/|\/$/g, ''))
    .filter(Boolean)
    .join('/')}`;
}
