import { sign, unsign } from 'cookie-signature';

/** Signs with the newest of SESSION_SECRETS, verifies with all. */
export class CookieSigner {
  private readonly keys: string[];

  /** @param purpose gives each cookie keys of its own: what one of them signs is worth nothing in another */
  constructor(purpose: string, secrets: readonly string[]) {
    this.keys = secrets.map((secret) => `${purpose}:${secret}`);
  }

  sign(value: string): string {
    return sign(value, this.keys[0]!);
  }

  /** @returns the value, if it was signed here */
  verify(signed: string | undefined): string | undefined {
    if (signed === undefined) return undefined;
    const values = this.keys.map((key) => unsign(signed, key));
    return values.find((value) => value !== false);
  }
}
