import type { AppConfig } from '../../config/app.config.js';
import { isLoopback } from '../../net/ip-address.js';
import { failed, warning, type Problem } from './check.types.js';

/** More proxies than most have in a row: each one that is not there lets clients choose their address. */
const MANY_HOPS = 3;

/** Who ends TLS, and whom the app believes about it. */
export function proxyProblems({ production, cookie, trustProxy, host }: AppConfig): Problem[] {
  const problems: Problem[] = [];
  if (cookie.secure && trustProxy === 0) {
    problems.push(
      failed(
        'proxy_not_trusted',
        'Only HTTPS is answered (COOKIE_SECURE), but no proxy is trusted: every request will be refused with 403 https_required',
        'Set TRUST_PROXY to the number of proxies in front, usually 1; without TLS at all set COOKIE_SECURE=false.',
      ),
    );
  }
  if (production && !cookie.secure) {
    problems.push(
      warning(
        'cookie_not_secure',
        'COOKIE_SECURE is false in production: anyone on the way can read the cookie and take the session over',
        'End TLS in a proxy, set TRUST_PROXY and remove COOKIE_SECURE; keep it only on a network you trust wholly.',
      ),
    );
  }
  if (trustProxy > MANY_HOPS) {
    problems.push(
      warning(
        'proxy_hops_many',
        `TRUST_PROXY is ${trustProxy}: with fewer proxies than that clients can forge their address`,
        'Count the proxies that add to X-Forwarded-For, and set exactly that number.',
      ),
    );
  }
  if (trustProxy > 0 && !isLoopback(host)) {
    problems.push(
      warning(
        'proxy_bypass',
        `HOST is ${host}: who reaches the port beside the proxy can forge an address and HTTPS`,
        'Listen on 127.0.0.1 where the proxy is on this machine, else let only the proxy reach the port.',
      ),
    );
  }
  return problems;
}
