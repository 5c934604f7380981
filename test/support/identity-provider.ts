import { createServer, type RequestListener } from 'node:http';
import { Provider } from 'oidc-provider';
import { close, listen } from './ports.js';

export interface IdentityProvider {
  issuer: string;
  close(): Promise<void>;
}

export interface RealProvider extends IdentityProvider {
  /** Replaces the responses of its userinfo endpoint from now on. */
  userInfo?: RequestListener;
  /** Replaces the responses of its token endpoint from now on. */
  token?: RequestListener;
  /** Additional claims about each user from now on. */
  claims: object;
  /** Claims that replace the correct ones in ID tokens from now on. */
  idToken: object;
  /** The authentication methods (amr) that it reports from now on. */
  amr: unknown[];
  /** Stops it, and forgets its state. */
  pause(): Promise<void>;
  /** Starts it again at the same URL. */
  resume(): Promise<void>;
}

interface IdentityProviderOptions {
  /** The redirect URIs that it accepts. */
  redirectUri: string;
  /** Lifetime of ID tokens in seconds; negative for tokens that have already expired. */
  idTokenSeconds?: number;
}

const USER_INFO = '/userinfo';
const TOKEN = '/token';

export const CLIENT_ID = 'the-app';
export const CLIENT_SECRET = 'a-client-secret-for-tests-only';

/**
 * A real OpenID provider on loopback, on another site than the app: `localhost`, while the app is at `127.0.0.1`. Accepts any
 * login with any password, asks for consent, and requires PKCE.
 */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<RealProvider> {
  // The provider needs its port before it is created.
  let answer: RequestListener = (_request, response) => response.end();
  const server = createServer((request, response) => {
    const instead: Record<string, RequestListener | undefined> = { [USER_INFO]: real.userInfo, [TOKEN]: real.token };
    (instead[request.url!] ?? answer)(request, response);
  });
  const issuer = `http://localhost:${await listen(server, { host: 'localhost' })}`;
  const provider = new Provider(
    issuer,
    configurationOf(options, () => real.claims),
  );
  if (options.idTokenSeconds) provider.IdToken.expiresIn = () => options.idTokenSeconds!;
  const finish = provider.interactionFinished.bind(provider);
  // The development pages of the package leave the authentication methods out.
  provider.interactionFinished = (request, response, result, how) =>
    finish(request, response, result.login ? { ...result, login: { ...result.login, amr: real.amr } } : result, how);
  // The package has no setting that replaces claims of ID tokens.
  const idToken = provider.IdToken as unknown as { prototype: { payload: (this: object) => Promise<object> } };
  const original = idToken.prototype.payload;
  idToken.prototype.payload = async function () {
    const claims = await original.call(this);
    // The signer sets claims such as `aud` itself, after this.
    for (const [name, value] of Object.entries(real.idToken)) {
      Object.defineProperty(claims, name, { get: () => value as unknown, set: () => undefined, enumerable: true });
    }
    return claims;
  };
  answer = provider.callback();
  const { port } = new URL(issuer);
  const real: RealProvider = {
    issuer,
    claims: {},
    idToken: {},
    amr: ['pwd', 'otp'],
    close: () => close(server),
    pause: () => close(server),
    resume: async () => void (await listen(server, { host: 'localhost', port: Number(port) })),
  };
  return real;
}

function configurationOf({ redirectUri }: IdentityProviderOptions, claims: () => object): object {
  const lifetimes = {
    AccessToken: 600,
    AuthorizationCode: 60,
    Grant: 600,
    IdToken: 600,
    Interaction: 600,
    Session: 600,
  };
  return {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [redirectUri] }],
    pkce: { required: () => true },
    routes: { userinfo: USER_INFO, token: TOKEN },
    ttl: lifetimes,
    claims: { openid: ['sub', 'amr'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
    findAccount: (_context: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ ...claimsOf(sub), ...claims() }),
    }),
    features: { devInteractions: { enabled: true } },
  };
}

/** The subject `ada!7` belongs to a user named Ada. */
function claimsOf(sub: string): object {
  const [name = ''] = sub.split('!');
  return { sub, preferred_username: name, email: `${name}@example.com`, email_verified: true };
}

export interface FakeGitHub extends IdentityProvider {
  /** The user who consents at GitHub from now on. */
  user: { id: number; login: string };
}

/** The three GitHub endpoints that an OAuth app uses. As at GitHub, errors of the token endpoint have status 200. */
export async function startGitHub(): Promise<FakeGitHub> {
  const server = createServer((request, response) => {
    void respond(request, github).then(({ location, ...body }) => {
      if (location) response.writeHead(302, { Location: location }).end();
      else response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
    });
  });
  const issuer = `http://localhost:${await listen(server, { host: 'localhost' })}`;
  const github: FakeGitHub = { issuer, user: { id: 1, login: 'nobody' }, close: () => close(server) };
  return github;
}

async function respond(
  request: Parameters<RequestListener>[0],
  { user, issuer }: FakeGitHub,
): Promise<{ location?: string; [field: string]: unknown }> {
  const { pathname, searchParams } = new URL(request.url!, issuer);
  if (pathname === '/login/oauth/authorize') {
    const back = new URL(searchParams.get('redirect_uri')!);
    const answer = { code: 'a-code', state: searchParams.get('state')!, iss: `${issuer}/login/oauth` };
    back.search = new URLSearchParams(answer).toString();
    return { location: back.href };
  }
  if (pathname === '/api/v3/user') return { ...user, name: 'Ada Lovelace', email: null };
  const form = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
  const right =
    form.get('code') === 'a-code' && form.get('client_secret') === CLIENT_SECRET && form.has('code_verifier');
  if (!right) return { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' };
  return { access_token: 'gho_token', token_type: 'bearer', scope: '' };
}

/** Settings of an app on this port with these issuers as providers. */
export function providerSettings(port: number, issuers: Record<string, string>): NodeJS.ProcessEnv {
  const providers = Object.entries(issuers).map(([name, issuer]) => [name, issuer, CLIENT_ID, CLIENT_SECRET].join(' '));
  return { PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, OIDC_PROVIDERS: providers.join(', ') };
}
