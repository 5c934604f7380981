import type { Application } from 'express';
import { randomUUID } from 'node:crypto';
import type { TestApp } from './test-app.js';

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** The web client's page: a file, which the static module gives a route as well. */
const PAGE = 'GET /';

/** What Express answers by a route of the API: `GET /users/me`, `DELETE /sessions/:id`. */
export function mountedRoutes({ app }: TestApp): string[] {
  const { router } = app.getHttpAdapter().getInstance() as Application;
  const { stack } = router as unknown as { stack: Layer[] };
  const routes = stack.flatMap(({ route }) =>
    route ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`) : [],
  );
  return routes.filter((route) => route !== PAGE);
}

export type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';

/** `DELETE /sessions/:id` → `delete` and an address with an id filled in. */
export function asRequest(route: string): [Method, path: string] {
  const [method = '', path = ''] = route.split(' ');
  return [method.toLowerCase() as Method, path.replaceAll(/:\w+/g, randomUUID())];
}
