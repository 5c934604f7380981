import * as client from 'openid-client';
import type { ProviderSettings } from '../config/provider-settings.js';
import {
  ProviderUnavailableError,
  type AuthorizationChecks,
  type Provider,
  type ProviderIdentity,
  type ProviderProfile,
} from './provider.interface.js';

/** The allowed difference to the clock of the provider, in seconds. */
const CLOCK_TOLERANCE = 30;

/** How long metadata is cached. Keys need no limit: unknown ones are fetched at once. */
const METADATA_MAX_AGE_MS = 10 * 60_000;

/** OpenID Connect Core 1.0, section 2. */
const MAX_SUBJECT_LENGTH = 255;

type Claims = Record<string, unknown>;

/**
 * Any OpenID Connect provider, by discovery. openid-client, which is certified, verifies the callback: state and issuer, and
 * signature, issuer, audience, nonce and lifetime of the ID token.
 */
export class OidcProvider implements Provider {
  readonly name: string;
  readonly label: string;
  /** Metadata of the provider, requested once for all requests that wait for it. */
  private configuration?: Promise<client.Configuration>;
  private readAt = 0;

  constructor(
    private readonly settings: ProviderSettings,
    private readonly redirectUri: string,
    private readonly timeoutSeconds: number,
  ) {
    this.name = settings.name;
    this.label = settings.name.charAt(0).toUpperCase() + settings.name.slice(1);
  }

  async authorizationUrl({ state, nonce, codeVerifier }: AuthorizationChecks, fresh = false): Promise<URL> {
    return client.buildAuthorizationUrl(await this.discover(), {
      redirect_uri: this.redirectUri,
      scope: 'openid profile email',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...(fresh && { prompt: 'login', max_age: '0' }),
    });
  }

  async exchangeCode(callback: URL, { state, nonce, codeVerifier }: AuthorizationChecks): Promise<ProviderIdentity> {
    const configuration = await this.discover();
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier };
    const tokens = await client.authorizationCodeGrant(configuration, callback, { ...checks, idTokenExpected: true });
    const claims = tokens.claims()!;
    const { amr, auth_time: time } = claims;
    return {
      subject: this.subjectOf(claims),
      amr: Array.isArray(amr) ? amr.filter(isMethod).slice(0, 8) : [],
      ...(typeof time === 'number' && { authenticatedAt: new Date(Math.min(time * 1000, Date.now())) }),
      profile: async () => profileOf({ ...(await this.userInfo(tokens.access_token, claims)), ...claims }),
    };
  }

  /** @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation, steps 4 and 5, and section 2 for `sub` */
  private subjectOf({ sub, azp }: client.IDToken): string {
    if (azp !== undefined && azp !== this.settings.clientId)
      throw new Error('the ID token was issued to another client');
    if (sub.trim() === '' || sub.length > MAX_SUBJECT_LENGTH) throw new Error('the ID token has no usable subject');
    return sub;
  }

  /** Many providers return names only from the userinfo endpoint. */
  private async userInfo(accessToken: string, claims: client.IDToken): Promise<Claims> {
    const configuration = await this.discover();
    const known = claims.preferred_username || claims.email;
    if (known || !configuration.serverMetadata().userinfo_endpoint) return {};
    return client.fetchUserInfo(configuration, accessToken, claims.sub);
  }

  /** Reads the metadata again once it is old, so that a new signing algorithm works without a restart. */
  private discover(): Promise<client.Configuration> {
    const isOld = Date.now() - this.readAt > METADATA_MAX_AGE_MS;
    if (this.configuration && !isOld) return this.configuration;
    const previous = this.configuration;
    this.readAt = Date.now();
    // While the provider is unavailable, its previous metadata stays in use.
    this.configuration = this.readMetadata().catch((error: unknown) => {
      this.configuration = previous;
      if (previous) return previous;
      throw error;
    });
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
      throw new ProviderUnavailableError('its metadata could not be read', { cause: error });
    }
  }
}

/** The authentication method that the provider supports; the standard's default is Basic. */
const authenticate: client.ClientAuth = (server, own, body, headers) => {
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const method = methods.includes('client_secret_basic') ? client.ClientSecretBasic : client.ClientSecretPost;
  method(String(own.client_secret))(server, own, body, headers);
};

const isMethod = (method: unknown): method is string => typeof method === 'string' && /^[\w.:-]{1,32}$/.test(method);

function profileOf({ preferred_username, nickname, email, email_verified }: Claims): ProviderProfile {
  return {
    names: [preferred_username, nickname, email].filter((name) => typeof name === 'string'),
    // Some providers, such as Amazon Cognito, send the boolean as a string.
    ...([true, 'true'].includes(email_verified as string | boolean) && typeof email === 'string' && { email }),
  };
}
