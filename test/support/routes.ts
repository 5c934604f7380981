import type { Application } from 'express';
import { randomUUID } from 'node:crypto';
import type { TestApp } from './test-app.js';

interface Layer {
  route?: { path: string | RegExp; methods: Record<string, boolean> };
}

/** The routes of the API that Express has: `GET /users/me`, `DELETE /sessions/:id`. */
export function mountedRoutes({ app }: TestApp): string[] {
  const { router } = app.getHttpAdapter().getInstance() as Application;
  const { stack } = router as unknown as { stack: Layer[] };
  return stack.flatMap(({ route }) =>
    // The static module mounts the pages of the web client with a regular expression.
    typeof route?.path === 'string'
      ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`)
      : [],
  );
}

export type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';

/** `DELETE /sessions/:id` → `delete` and a path with an id filled in. */
export function asRequest(route: string): [Method, path: string] {
  const [method = '', path = ''] = route.split(' ');
  return [method.toLowerCase() as Method, path.replaceAll(/:\w+/g, randomUUID())];
}
