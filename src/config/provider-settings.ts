import { isLoopback } from '../net/ip-address.js';
import { isOrigin } from './origin-settings.js';
import { list, setting } from './setting-types.js';

/** The registration of this app at a provider. */
export interface ProviderSettings {
  /** Used in URLs and stored in identities, so it must not be given to another issuer. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
}

export const providers = setting(
  'a comma list of providers, each as: name, issuer, client id and client secret with spaces between them; ' +
    'names of a-z, 0-9 and -, other than providers, methods, token and github; issuers by https',
  (text) => {
    const all = list(text).map(parseProvider);
    const names = all.map((provider) => provider?.name);
    return names.includes(undefined) || new Set(names).size !== names.length ? undefined : (all as ProviderSettings[]);
  },
);
export const providerUrl = setting('an https URL without a path, such as https://github.com', (text) =>
  isProviderUrl(text) && isOrigin(text) ? text : undefined,
);

/** `/auth/providers`, `/auth/methods` and `/auth/token` are routes, and GitHub has settings of its own. */
const RESERVED = ['providers', 'methods', 'token', 'github'];

function parseProvider(text: string): ProviderSettings | undefined {
  const [name = '', issuer = '', clientId, clientSecret, ...rest] = text.split(/\s+/);
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name) || RESERVED.includes(name)) return undefined;
  if (!isProviderUrl(issuer) || !clientId || !clientSecret || rest.length > 0) return undefined;
  return { name, issuer, clientId, clientSecret };
}

/** Secrets are sent there, so HTTPS is required, except on this machine. */
function isProviderUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const safe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return safe && username + password + search + hash === '';
}
