import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OidcProvider } from './oidc.provider.js';

const proof = { state: 'state', nonce: 'nonce', codeVerifier: 'verifier' };
const MINUTE_MS = 60_000;
const CLIENT_SECRET = 'a-client-secret-of-the-app';

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const FOREIGN_RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** How a provider, or an attacker, signs the token. */
const SIGNATURES: Record<string, (text: string) => Buffer> = {
  RS256: (text) => sign('sha256', Buffer.from(text), RSA.privateKey),
  ES256: (text) => sign('sha256', Buffer.from(text), { key: EC.privateKey, dsaEncoding: 'ieee-p1363' }),
  'RS256 by another key': (text) => sign('sha256', Buffer.from(text), FOREIGN_RSA.privateKey),
  HS256: (text) => createHmac('sha256', CLIENT_SECRET).update(text).digest(),
  none: () => Buffer.alloc(0),
};

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' });

describe('an OpenID provider', () => {
  let path = '/authorize';
  let algorithms = ['RS256'];
  let signature = 'RS256';
  let requests = 0;
  const issuer = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function idToken(): string {
    const alg = signature.split(' ')[0]!;
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: issuer(), aud: 'app', sub: 'ada', nonce: proof.nonce, iat: now, exp: now + 60 };
    const text = `${encode({ alg, kid: alg })}.${encode(claims)}`;
    return `${text}.${SIGNATURES[signature]!(text).toString('base64url')}`;
  }

  function metadata(): object {
    requests += 1;
    return {
      issuer: issuer(),
      authorization_endpoint: issuer() + path,
      token_endpoint: `${issuer()}/token`,
      jwks_uri: `${issuer()}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: algorithms,
    };
  }

  const server = createServer((request, response) => {
    const answers: Record<string, () => object> = {
      '/jwks': () => ({ keys: [jwk(RSA.publicKey, 'RS256'), jwk(EC.publicKey, 'ES256')] }),
      '/token': () => ({ access_token: 'token', token_type: 'bearer', id_token: idToken() }),
    };
    const answer = (answers[request.url!] ?? metadata)();
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  });
  let provider: OidcProvider;
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    path = '/authorize';
    algorithms = ['RS256'];
    signature = 'RS256';
    requests = 0;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const settings = { name: 'acme', issuer: issuer(), clientId: 'app', clientSecret: CLIENT_SECRET };
    provider = new OidcProvider(settings, 'http://127.0.0.1/callback', 2);
  });
  afterEach(async () => {
    vi.useRealTimers();
    if (server.listening) await stop();
  });

  async function stop(): Promise<void> {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
  const destination = async () => (await provider.authorizationUrl(proof)).pathname;
  const signIn = () => provider.exchangeCode(new URL('http://127.0.0.1/callback?code=code&state=state'), proof);

  it('is asked for its metadata once in ten minutes', async () => {
    expect(await Promise.all([destination(), destination()])).toEqual(['/authorize', '/authorize']);
    path = '/v2/authorize';
    vi.setSystemTime(Date.now() + 9 * MINUTE_MS);
    expect(await destination()).toBe('/authorize');
    expect(requests).toBe(1);
    vi.setSystemTime(Date.now() + 2 * MINUTE_MS);
    expect(await destination()).toBe('/v2/authorize');
    expect(requests).toBe(2);
  });

  it('keeps its metadata while it is unavailable', async () => {
    await destination();
    await stop();
    vi.setSystemTime(Date.now() + 11 * MINUTE_MS);
    expect(await destination()).toBe('/authorize');
  });

  it('is asked for its metadata again after a first failure', async () => {
    const { port } = server.address() as AddressInfo;
    await stop();
    await expect(destination()).rejects.toThrow('metadata');
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    expect(await destination()).toBe('/authorize');
  });

  it('signs a user in with an ID token that one of its keys has signed', async () => {
    expect(await signIn()).toMatchObject({ subject: 'ada' });
  });

  it('may change its signing algorithm: ten minutes later the new one is accepted, without a restart', async () => {
    await signIn();
    algorithms = ['ES256'];
    signature = 'ES256';
    await expect(signIn()).rejects.toThrow('invalid response');
    vi.setSystemTime(Date.now() + 11 * MINUTE_MS);
    expect(await signIn()).toMatchObject({ subject: 'ada' });
  });

  it.each([
    ['RS256 by another key', 'invalid response'],
    ['HS256', 'unsupported operation'],
    ['none', 'unsupported operation'],
  ])(
    'cannot be impersonated by an ID token with the signature %s, even if the metadata lists the algorithm',
    async (name, error) => {
      algorithms = ['RS256', 'HS256', 'none'];
      signature = name;
      await expect(signIn()).rejects.toThrow(error);
    },
  );
});
