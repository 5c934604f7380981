/** Random values that bind a callback to the browser that started it. */
export interface AuthorizationChecks {
  /** Returned in the URL of the callback: a callback that this browser did not start is rejected. */
  state: string;
  /** Returned in the ID token: a token of another authorization request is rejected. */
  nonce: string;
  /** PKCE: the provider got its hash, so a stolen code is useless without it. */
  codeVerifier: string;
}

/** The user whom the provider has authenticated. */
export interface ProviderIdentity {
  /** The permanent id of the account at the provider; names and email addresses can be reassigned. */
  subject: string;
  /** Authentication methods, RFC 8176, if the provider returns them. */
  amr: string[];
  /** When the provider authenticated the user, if it returns that. */
  authenticatedAt?: Date;
  /** Data for a new account; may need another request to the provider. */
  profile: () => Promise<ProviderProfile>;
}

export interface ProviderProfile {
  /** Names of the user there, best first. Only for suggesting a username: users can choose any name. */
  names: string[];
  /** Only one that the provider has verified. */
  email?: string;
}

/** A server that identifies users. Both methods may throw any error; providers.registry.ts translates it. */
export interface Provider {
  name: string;
  /** A name to show to users. */
  label: string;
  /**
   * The URL of the provider to redirect the browser to.
   * @param fresh asks the provider to authenticate the user again
   */
  authorizationUrl(checks: AuthorizationChecks, fresh?: boolean): Promise<URL>;
  /** @param callback the URL of the callback, with the parameters of the provider */
  exchangeCode(callback: URL, checks: AuthorizationChecks): Promise<ProviderIdentity>;
}

/** The provider is unavailable, or not the one that the settings name. */
export class ProviderUnavailableError extends Error {}
