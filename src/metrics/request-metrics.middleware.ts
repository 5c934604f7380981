import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { routeOf, statusOf } from '../http/request-log.middleware.js';
import type { MetricsService } from './metrics.service.js';

const LOGIN = '/users/login';

/** Measures every request by its route pattern, so that URLs cannot add series. */
export function requestMetrics(metrics: MetricsService): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const stop = metrics.requests.startTimer({ method: request.method });
    response.once('close', () => {
      const route = routeOf(request);
      const status = statusOf(response);
      stop({ route, status });
      if (route !== LOGIN) return;
      metrics.signIns.inc({ outcome: status === 'aborted' ? status : (response.locals.errorCode ?? 'ok') });
    });
    next();
  };
}
