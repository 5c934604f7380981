import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OidcProvider } from './oidc.provider.js';

const proof = { state: 'state', nonce: 'nonce', codeVerifier: 'verifier' };
const MINUTE_MS = 60_000;

describe('the metadata of an OpenID provider', () => {
  let path = '/authorize';
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const metadata = {
      issuer,
      authorization_endpoint: issuer + path,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(metadata));
  });
  let provider: OidcProvider;
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    path = '/authorize';
    requests = 0;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const settings = { name: 'acme', issuer: `http://127.0.0.1:${port}`, clientId: 'app', clientSecret: 'secret' };
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

  it('is fetched once for all sign-ins of ten minutes, and then again', async () => {
    expect(await Promise.all([destination(), destination()])).toEqual(['/authorize', '/authorize']);
    path = '/v2/authorize';
    vi.setSystemTime(Date.now() + 9 * MINUTE_MS);
    expect(await destination()).toBe('/authorize');
    expect(requests).toBe(1);
    vi.setSystemTime(Date.now() + 2 * MINUTE_MS);
    expect(await destination()).toBe('/v2/authorize');
    expect(requests).toBe(2);
  });

  it('is kept while the provider is unavailable', async () => {
    await destination();
    await stop();
    vi.setSystemTime(Date.now() + 11 * MINUTE_MS);
    expect(await destination()).toBe('/authorize');
  });

  it('is fetched again after a first failure', async () => {
    const { port } = server.address() as AddressInfo;
    await stop();
    await expect(destination()).rejects.toThrow('metadata');
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    expect(await destination()).toBe('/authorize');
  });
});
