import { Inject, Injectable } from '@nestjs/common';
import { hkdfSync, randomBytes } from 'node:crypto';
import type { ClientSession } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { deriveKeys, type DerivedKey } from '../keys/derived-keys.js';
import { OutboxRepository } from '../outbox/outbox.repository.js';
import type { OutboxJob } from '../outbox/outbox.types.js';

/** 43 characters of base64url (256 bits), or 8 of Crockford's base32 (40 bits). */
export type SecretForm = 'token' | 'code';

/** A secret of a mail. The job stores `nonce` and `keyId`; the record of the token or code stores a hash of `value`. */
export interface MailSecret {
  nonce: string;
  keyId: string;
  value: string;
}

const PURPOSE = 'mail-token/v1';
const NONCE_BYTES = 32;
const BYTES = { token: 32, code: 5 } as const;
/** Without I, L, O and U. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Tokens and codes that are in mails and never stored. HKDF derives them from the nonce of their job, with a key of
 * DATA_KEYS or, where that is not set, of SESSION_SECRETS.
 */
@Injectable()
export class MailSecretsService {
  /** Newest first. */
  private readonly keys: DerivedKey[];

  constructor(
    @Inject(APP_CONFIG) { session, dataKeys }: AppConfig,
    private readonly database: DatabaseService,
    private readonly jobs: OutboxRepository,
  ) {
    // Jobs that were stored before DATA_KEYS was set use a key of SESSION_SECRETS.
    this.keys = deriveKeys([...dataKeys.map(({ secret }) => secret), ...session.secrets], PURPOSE);
  }

  create(form: SecretForm): MailSecret {
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    const key = this.keys[0]!;
    return { nonce, keyId: key.id, value: derive(key, nonce, form) };
  }

  /**
   * The secret of a job, the same at every attempt. If its key was removed from the settings, the job gets a new nonce and
   * with it a new secret.
   * @param renewed stores the hash of the new secret, in the transaction that stores the new nonce
   */
  async of(
    job: OutboxJob,
    form: SecretForm,
    renewed: (value: string, transaction?: ClientSession) => Promise<void>,
  ): Promise<string> {
    const key = this.keys.find(({ id }) => id === job.keyId);
    if (key && job.nonce) return derive(key, job.nonce, form);
    const { value, ...fresh } = this.create(form);
    await this.database.transaction(async (transaction) => {
      await this.jobs.renewNonce(job, fresh, transaction);
      await renewed(value, transaction);
    });
    return value;
  }
}

function derive({ key }: DerivedKey, nonce: string, form: SecretForm): string {
  const bytes = Buffer.from(hkdfSync('sha256', key, Buffer.from(nonce, 'base64url'), form, BYTES[form]));
  return form === 'token' ? bytes.toString('base64url') : base32(bytes);
}

function base32(bytes: Buffer): string {
  let bits = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let i = 0; i < (bytes.length * 8) / 5; i++, bits >>= 5n) text = CROCKFORD[Number(bits & 31n)]! + text;
  return text;
}
