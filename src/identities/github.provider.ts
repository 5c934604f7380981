import * as client from 'openid-client';
import { z } from 'zod';
import type { ProviderSettings } from '../config/env.schema.js';
import {
  ProviderUnavailableError,
  type AuthorizationChecks,
  type Provider,
  type ProviderIdentity,
} from './provider.interface.js';

/** Of what GET /user answers: the id stays when the login changes hands. */
const userSchema = z.object({ id: z.int().positive(), login: z.string() });

/**
 * GitHub speaks OAuth 2 without OpenID Connect: no discovery and no ID token, so who it is must be asked with the access
 * token, which came straight from GitHub in exchange for our secret and is forgotten right after.
 * @see https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
 */
export class GithubProvider implements Provider {
  readonly name = 'github';
  readonly label = 'GitHub';
  private readonly configuration: client.Configuration;
  private readonly userUrl: URL;

  constructor(
    { issuer: address, clientId, clientSecret }: ProviderSettings,
    private readonly redirectUri: string,
    timeoutSeconds: number,
  ) {
    // What comes back as `iss` with the code, RFC 9207; older GitHub Enterprise Servers send none.
    const issuer = `${address}/login/oauth`;
    const server = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/access_token`,
    };
    this.configuration = new client.Configuration(server, clientId, clientSecret);
    this.configuration.timeout = timeoutSeconds;
    if (address.startsWith('http:')) client.allowInsecureRequests(this.configuration);
    this.userUrl = userUrlOf(address);
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
    const answer = await client.fetchProtectedResource(this.configuration, token, this.userUrl, 'GET', null, accept);
    if (!answer.ok) throw new ProviderUnavailableError(`GET /user answered ${answer.status}`);
    const { id, login } = userSchema.parse(await answer.json());
    return { subject: String(id), amr: [], profile: async () => ({ names: [login] }) };
  }
}

/** GitHub.com and its tenants have the API on a host of its own, GitHub Enterprise Server under a path. */
function userUrlOf(address: string): URL {
  const { protocol, host } = new URL(address);
  const hosted = /^(github\.com|[\w-]+\.ghe\.com)$/.test(host);
  return new URL(hosted ? `${protocol}//api.${host}/user` : `${protocol}//${host}/api/v3/user`);
}
