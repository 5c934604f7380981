import * as client from 'openid-client';
import type { ProviderSettings } from '../config/env.schema.js';
import {
  ProviderAway,
  type Proof,
  type Provider,
  type ProviderIdentity,
  type ProviderProfile,
} from './provider.interface.js';

/** Seconds that the provider's clock may differ from ours. */
const CLOCK_TOLERANCE = 30;

type Claims = Record<string, unknown>;

/**
 * Any OpenID Connect provider, by discovery. openid-client, which is certified, checks what came back: state, issuer,
 * the ID token's signature, issuer, audience, nonce and lifetime.
 */
export class OidcProvider implements Provider {
  readonly name: string;
  readonly label: string;
  /** What discovery tells, asked once for all who wait and kept. Keys that a provider changes are fetched anew. */
  private configuration?: Promise<client.Configuration>;

  constructor(
    private readonly settings: ProviderSettings,
    private readonly redirectUri: string,
    private readonly timeoutSeconds: number,
  ) {
    this.name = settings.name;
    this.label = settings.name.charAt(0).toUpperCase() + settings.name.slice(1);
  }

  async authorizationUrl({ state, nonce, codeVerifier }: Proof): Promise<URL> {
    return client.buildAuthorizationUrl(await this.discover(), {
      redirect_uri: this.redirectUri,
      scope: 'openid profile email',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
  }

  async redeem(callback: URL, { state, nonce, codeVerifier }: Proof): Promise<ProviderIdentity> {
    const configuration = await this.discover();
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier };
    const tokens = await client.authorizationCodeGrant(configuration, callback, { ...checks, idTokenExpected: true });
    const claims = tokens.claims()!;
    const { sub: subject, amr } = claims;
    return {
      subject,
      amr: Array.isArray(amr) ? amr.filter(isMethod).slice(0, 8) : [],
      profile: async () => profileOf({ ...(await this.userInfo(tokens.access_token, claims)), ...claims }),
    };
  }

  /** Many providers tell names only when asked again. */
  private async userInfo(accessToken: string, claims: client.IDToken): Promise<Claims> {
    const configuration = await this.discover();
    const known = claims.preferred_username || claims.email;
    if (known || !configuration.serverMetadata().userinfo_endpoint) return {};
    return client.fetchUserInfo(configuration, accessToken, claims.sub);
  }

  private discover(): Promise<client.Configuration> {
    this.configuration ??= this.readMetadata();
    return this.configuration;
  }

  private async readMetadata(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const plain = issuer.startsWith('http:') ? [client.allowInsecureRequests] : [];
    const options = { timeout: this.timeoutSeconds, execute: [client.enableNonRepudiationChecks, ...plain] };
    const metadata = { client_secret: clientSecret, [client.clockTolerance]: CLOCK_TOLERANCE };
    try {
      return await client.discovery(new URL(issuer), clientId, metadata, authenticate, options);
    } catch (error) {
      this.configuration = undefined;
      throw new ProviderAway('its metadata could not be read', { cause: error });
    }
  }
}

/** As the provider takes it; the standard's default is Basic. */
const authenticate: client.ClientAuth = (server, own, body, headers) => {
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const method = methods.includes('client_secret_basic') ? client.ClientSecretBasic : client.ClientSecretPost;
  method(String(own.client_secret))(server, own, body, headers);
};

const isMethod = (method: unknown): method is string => typeof method === 'string' && /^[\w.:-]{1,32}$/.test(method);

function profileOf({ preferred_username, nickname, email, email_verified }: Claims): ProviderProfile {
  return {
    names: [preferred_username, nickname, email].filter((name) => typeof name === 'string'),
    ...(email_verified === true && typeof email === 'string' && { email }),
  };
}
