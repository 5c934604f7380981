/** The parts of oidc-provider that tests use; the package has no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  export class Provider {
    constructor(issuer: string, configuration: object);
    callback(): RequestListener;
    /** Lifetime of ID tokens in seconds. */
    IdToken: { expiresIn: () => number };
    /** Completes a page with the result of the user. */
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { login?: { accountId: string; amr?: unknown[] } },
      options?: object,
    ): Promise<void>;
  }
}
