import { Inject, Injectable, Logger } from '@nestjs/common';
import bcrypt from 'bcrypt';
import { createHmac } from 'node:crypto';
import { HashQueueService } from './hash-queue.service.js';

export const PASSWORD_HASHER_OPTIONS = Symbol('PASSWORD_HASHER_OPTIONS');

export interface PasswordHasherOptions {
  /** bcrypt cost; each step doubles the time. */
  cost: number;
  /** Newest first: the first one creates hashes, all verify. Stored outside the database. */
  peppers: readonly { id: string; secret: string }[];
}

export interface Verification {
  ok: boolean;
  /** The password is correct, but its hash has outdated parameters. */
  needsRehash: boolean;
}

/** `bcrypt-hmac-sha384:KEY_ID:$2b$…`; KEY_ID is empty without a pepper. */
export const SCHEME = 'bcrypt-hmac-sha384';
const STORED = new RegExp(`^${SCHEME}:([A-Za-z0-9_-]{0,32}):(\\$2b\\$.{56})$`);

/** bcrypt alone, as other apps store it. */
const PLAIN = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
/** bcrypt has no cost below 4. A hash of cost 15 takes a core for seconds, longer than HASH_MAX_WAIT lets others wait. */
const PLAIN_COSTS = { min: 4, max: 14 };

/** Whether a plain bcrypt hash can be verified: `unsupported_cost` where that is impossible or takes too long. */
export function plainBcryptSupport(stored: unknown): 'supported' | 'unsupported_cost' | 'no_bcrypt' {
  const cost = typeof stored === 'string' ? PLAIN.exec(stored)?.[1] : undefined;
  if (cost === undefined) return 'no_bcrypt';
  return Number(cost) >= PLAIN_COSTS.min && Number(cost) <= PLAIN_COSTS.max ? 'supported' : 'unsupported_cost';
}

/** The key if no pepper is set. It separates these hashes from other uses of HMAC-SHA-384 over passwords. */
const NO_PEPPER = { id: '', secret: 'nest-session-auth/password/v1' };

/**
 * bcrypt over HMAC-SHA-384. bcrypt alone ignores everything after 72 bytes (18 emoji); 64 characters of base64 represent
 * a password of any length. The digest is keyed to prevent password shucking with leaked digests of other sites.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#pre-hashing-passwords-with-bcrypt
 */
@Injectable()
export class PasswordHasherService {
  private readonly logger = new Logger('PasswordHasherService');
  private readonly keys: Map<string, string>;
  private readonly current: { id: string; secret: string };

  constructor(
    @Inject(PASSWORD_HASHER_OPTIONS) private readonly options: PasswordHasherOptions,
    private readonly queue: HashQueueService,
  ) {
    this.current = options.peppers[0] ?? NO_PEPPER;
    this.keys = new Map([NO_PEPPER, ...options.peppers].map(({ id, secret }) => [id, secret]));
  }

  /** @throws {AppError} overloaded */
  async hash(password: string): Promise<string> {
    const bcrypted = await this.queue.run(() => bcrypt.hash(preHash(password, this.current.secret), this.options.cost));
    return `${SCHEME}:${this.current.id}:${bcrypted}`;
  }

  /**
   * Takes as long as one bcrypt of the current cost, even if the stored hash has a lower cost, is unreadable or does not
   * exist, so that the response time reveals nothing about it. Only a hash of a higher cost takes longer.
   * @param stored null for an unknown user
   * @throws {AppError} overloaded
   */
  async verify(password: string, stored: string | null): Promise<Verification> {
    const { input, expected, current } = this.prepare(password, stored);
    const matches = await this.queue.run(() => this.compareAtFullCost(input, expected ?? dummyHash(this.options.cost)));
    const ok = matches && expected !== undefined;
    return { ok, needsRehash: ok && !(current && bcrypt.getRounds(expected) >= this.options.cost) };
  }

  /** Each cost doubles the work: a hash of cost c and dummy hashes of c, c+1, ... C-1 take as long as one hash of cost C. */
  private async compareAtFullCost(input: string, expected: string): Promise<boolean> {
    const matches = await bcrypt.compare(input, expected);
    for (let cost = bcrypt.getRounds(expected); cost < this.options.cost; cost += 1) {
      await bcrypt.compare(input, dummyHash(cost));
    }
    return matches;
  }

  private prepare(password: string, stored: string | null): { input: string; expected?: string; current: boolean } {
    if (stored !== null && plainBcryptSupport(stored) === 'supported') {
      return { input: password, expected: stored.replace(/^\$2[ay]/, '$2b'), current: false };
    }
    const [, keyId, expected] = STORED.exec(stored ?? '') ?? [];
    const secret = keyId === undefined ? undefined : this.keys.get(keyId);
    if (secret === undefined) {
      if (keyId !== undefined) this.logMissingPepper(keyId);
      return { input: preHash(password, this.current.secret), current: false };
    }
    return { input: preHash(password, secret), expected, current: keyId === this.current.id };
  }

  /** The client sees a wrong password as usual; the operator must learn that the correct one is rejected too. */
  private logMissingPepper(pepper: string): void {
    const message =
      'A password could not be verified: its hash was made with a pepper that PASSWORD_PEPPERS does not list';
    this.logger.error({ event: 'pepper_missing', pepper }, message);
  }
}

/** A well-formed hash that no known password matches. */
const dummyHash = (cost: number): string => bcrypt.genSaltSync(cost) + '.'.repeat(31);

/** 64 characters for a password of any length. NFC: the same letters typed on another keyboard are the same password. */
function preHash(password: string, secret: string): string {
  return createHmac('sha384', secret).update(password.normalize('NFC')).digest('base64');
}
