import type { Request } from 'express';
import { parseIpAddress } from './ip-address.js';

/** The client of a request, as sessions and audit events store it. */
export interface ClientInfo {
  /** Empty if the proxy names no IP address. */
  ip: string;
  /** At most 512 characters. */
  userAgent: string;
}

/** `request.ip` is what Express derives from X-Forwarded-For under TRUST_PROXY. */
export function clientInfoOf(request: Pick<Request, 'ip' | 'headers'>): ClientInfo {
  return {
    ip: parseIpAddress(request.ip ?? '') ?? '',
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 512),
  };
}
