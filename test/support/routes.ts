import type { Application } from 'express';
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
