/** The parts of oidc-provider that tests use; it comes without types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  export class Provider {
    constructor(issuer: string, configuration: object);
    callback(): RequestListener;
    /** How long its ID tokens last, in seconds. */
    IdToken: { expiresIn: () => number };
    /** Ends one of its pages, with what the user has done there. */
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { login?: { accountId: string; amr?: unknown[] } },
      options?: object,
    ): Promise<void>;
  }
}
