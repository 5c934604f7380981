import { Signer } from '../keys/derived-keys.js';

/** Signs cookies other than the session's with the newest of SESSION_SECRETS and verifies them with all. */
export class CookieSigner {
  private readonly signer: Signer;

  /** @param purpose gives each cookie its own keys, so that no cookie passes for another */
  constructor(purpose: string, secrets: readonly string[]) {
    this.signer = new Signer(secrets, purpose);
  }

  sign(value: string): string {
    return this.signer.sign(value);
  }

  /** @returns the value, if this server signed it */
  verify(signed: string | undefined): string | undefined {
    return signed === undefined ? undefined : this.signer.verify(signed);
  }
}
