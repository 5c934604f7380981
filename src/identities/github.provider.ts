import * as client from 'openid-client';
import { z } from 'zod';
import type { ProviderSettings } from '../config/provider-settings.js';
import {
  ProviderUnavailableError,
  type AuthorizationChecks,
  type Provider,
  type ProviderIdentity,
} from './provider.interface.js';

/** The response of GET /user. The id is stable; a login can move to another account. */
const userSchema = z.object({ id: z.int().positive(), login: z.string() });

/**
 * GitHub supports OAuth 2 without OpenID Connect: no discovery and no ID token. The user is read with the access token, which
 * GitHub returned directly in exchange for the client secret, and which is not stored.
 * @see https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
 */
export class GithubProvider implements Provider {
  readonly name = 'github';
  readonly label = 'GitHub';
  private readonly configuration: client.Configuration;
  private readonly userUrl: URL;

  constructor(
    { issuer: url, clientId, clientSecret }: ProviderSettings,
    private readonly redirectUri: string,
    timeoutSeconds: number,
  ) {
    // The expected `iss` parameter of the callback (RFC 9207). Older GitHub Enterprise Servers send none.
    const issuer = `${url}/login/oauth`;
    const server = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/access_token`,
    };
    this.configuration = new client.Configuration(server, clientId, clientSecret);
    this.configuration.timeout = timeoutSeconds;
    if (url.startsWith('http:')) client.allowInsecureRequests(this.configuration);
    this.userUrl = userUrlOf(url);
  }

  async authorizationUrl({ state, codeVerifier }: AuthorizationChecks): Promise<URL> {
    return client.buildAuthorizationUrl(this.configuration, {
      redirect_uri: this.redirectUri,
      state,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
  }

  async exchangeCode(callback: URL, { state, codeVerifier }: AuthorizationChecks): Promise<ProviderIdentity> {
    const checks = { expectedState: state, pkceCodeVerifier: codeVerifier };
    const { access_token: token } = await client.authorizationCodeGrant(this.configuration, callback, checks);
    const accept = new Headers({ Accept: 'application/vnd.github+json' });
    const response = await client.fetchProtectedResource(this.configuration, token, this.userUrl, 'GET', null, accept);
    if (!response.ok) throw new ProviderUnavailableError(`GET /user returned ${response.status}`);
    const { id, login } = userSchema.parse(await response.json());
    return { subject: String(id), amr: [], profile: async () => ({ names: [login] }) };
  }
}

/** The API of GitHub.com and its tenants has a host of its own; that of GitHub Enterprise Server has a path. */
function userUrlOf(url: string): URL {
  const { protocol, host } = new URL(url);
  const hosted = /^(github\.com|[\w-]+\.ghe\.com)$/.test(host);
  return new URL(hosted ? `${protocol}//api.${host}/user` : `${protocol}//${host}/api/v3/user`);
}
