/** The parts of oidc-provider that tests use; it comes without types. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  export class Provider {
    constructor(issuer: string, configuration: object);
    callback(): RequestListener;
    /** How long its ID tokens last, in seconds. */
    IdToken: { expiresIn: () => number };
  }
}
