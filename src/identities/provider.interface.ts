/** What binds an answer of a provider to the browser that asked: random, for one visit. */
export interface AuthorizationChecks {
  /** Comes back in the callback's address: a callback that this browser did not ask for is refused. */
  state: string;
  /** Comes back in the ID token: a token of another visit is refused. */
  nonce: string;
  /** PKCE: the provider was shown its hash, so that a stolen code is worth nothing without it. */
  codeVerifier: string;
}

/** Whom the provider has recognised. */
export interface ProviderIdentity {
  /** Stays with the account at the provider for good; names and email addresses may be reassigned. */
  subject: string;
  /** How the provider recognised them, RFC 8176, where it tells. */
  amr: string[];
  /** When the provider last saw them prove it, where it tells. */
  authenticatedAt?: Date;
  /** Asks for what only a new account needs; may take another request to the provider. */
  profile: () => Promise<ProviderProfile>;
}

export interface ProviderProfile {
  /** What they are called there, best first. For a first username only: anybody may call themselves anything. */
  names: string[];
  /** Only one that the provider has verified. */
  email?: string;
}

/** A server that identifies users. Both steps throw any error; providers.registry.ts translates it. */
export interface Provider {
  name: string;
  /** For people to read. */
  label: string;
  /**
   * Where the browser is sent, to come back to the callback.
   * @param fresh asks the provider to have the user prove again who they are
   */
  authorizationUrl(proof: AuthorizationChecks, fresh?: boolean): Promise<URL>;
  /** @param callback the address that the browser came back to, with what the provider added */
  exchangeCode(callback: URL, proof: AuthorizationChecks): Promise<ProviderIdentity>;
}

/** The provider is unavailable, or not the one that the settings name. */
export class ProviderUnavailableError extends Error {}
