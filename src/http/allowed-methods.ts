import type { Request } from 'express';

interface Route {
  path: string;
  methods: Record<string, boolean>;
}

interface Layer {
  match(path: string): boolean;
  route?: Route;
}

/**
 * GET routes with side effects: sign-out for the tutorial's clients, the redirect to a provider and its callback.
 * http/unsafe-get.middleware.ts protects them.
 */
export const UNSAFE_GET_ROUTES: ReadonlySet<string> = new Set([
  '/users/logout',
  '/auth/:provider',
  '/auth/:provider/callback',
]);

/** The routes at the request's path, in the order in which Express tries them. */
export function routesOf(request: Request): Route[] {
  const { stack } = request.app.router as unknown as { stack: Layer[] };
  return stack.filter((layer) => layer.route && layer.match(request.path)).map((layer) => layer.route!);
}

/**
 * The methods that routes at the request's path accept; empty if no route has this path. Reads Express's router, because
 * neither Express nor Nest distinguishes 405 from 404.
 */
export function allowedMethods(request: Request): string[] {
  const routes = routesOf(request);
  const methods = new Set(routes.flatMap((route) => Object.keys(route.methods).map((name) => name.toUpperCase())));
  const takesHead = routes.some(({ path, methods: { get } }) => get && !UNSAFE_GET_ROUTES.has(path));
  if (takesHead) methods.add('HEAD');
  return [...methods].sort();
}
