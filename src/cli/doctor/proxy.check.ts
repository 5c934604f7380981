import type { AppConfig } from '../../config/app.config.js';
import { isLoopback } from '../../net/ip-address.js';
import { failed, warning, type Problem } from './check.types.js';

/** More proxies than most deployments have. Each hop that does not exist lets clients choose their IP address. */
const MANY_HOPS = 3;

/** Checks that the settings match the proxy that terminates TLS, and the trusted proxies. */
export function proxyProblems({ production, cookie, trustProxy, host }: AppConfig): Problem[] {
  const problems: Problem[] = [];
  if (cookie.secure && trustProxy === 0) {
    problems.push(
      failed(
        'proxy_not_trusted',
        'HTTPS is required (COOKIE_SECURE), but no proxy is trusted: every request gets 403 https_required',
        'Set TRUST_PROXY to the number of proxies in front, usually 1; without TLS at all set COOKIE_SECURE=false.',
      ),
    );
  }
  if (production && !cookie.secure) {
    problems.push(
      warning(
        'cookie_not_secure',
        'COOKIE_SECURE is false in production: an attacker on the network can read the cookie and take over the session',
        'Terminate TLS in a proxy, set TRUST_PROXY and remove COOKIE_SECURE; keep it only on a network that you trust.',
      ),
    );
  }
  if (trustProxy > MANY_HOPS) {
    problems.push(
      warning(
        'proxy_hops_many',
        `TRUST_PROXY is ${trustProxy}: with fewer proxies, clients can forge their IP address`,
        'Count the proxies that add to X-Forwarded-For, and set exactly that number.',
      ),
    );
  }
  if (trustProxy > 0 && !isLoopback(host)) {
    problems.push(
      warning(
        'proxy_bypass',
        `HOST is ${host}: a client that reaches the port without the proxy can forge its IP address and HTTPS`,
        'Listen on 127.0.0.1 if the proxy is on this machine; otherwise let only the proxy reach the port.',
      ),
    );
  }
  return problems;
}
