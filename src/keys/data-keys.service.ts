import { Inject, Injectable, Logger } from '@nestjs/common';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { deriveKeys } from './derived-keys.js';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A value encrypted at rest. */
export interface Encrypted {
  /** Id of the entry of DATA_KEYS that decrypts it. */
  keyId: string;
  /** Initialization vector, authentication tag and ciphertext; base64url. */
  data: string;
}

/** Encrypts values with AES-256-GCM under DATA_KEYS, whose secrets stay outside the database. */
@Injectable()
export class DataKeysService {
  private readonly logger = new Logger('DataKeysService');
  /** By id, newest first. */
  private readonly keys: Map<string, Buffer>;

  constructor(@Inject(APP_CONFIG) { dataKeys }: AppConfig) {
    this.keys = new Map(dataKeys.map(({ id, secret }) => [id, deriveKeys([secret], 'data-key/v1')[0]!.key]));
  }

  /** Whether DATA_KEYS is set: without it nothing can be encrypted. */
  get available(): boolean {
    return this.keys.size > 0;
  }

  /**
   * Encrypts with the newest key.
   * @param context what the value belongs to, such as its purpose and the user's id: it decrypts in that context only
   */
  encrypt(plaintext: Buffer, context: string): Encrypted {
    const [newest] = this.keys;
    if (!newest) throw new Error('DATA_KEYS is not set');
    const [keyId, key] = newest;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(context));
    const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return { keyId, data: Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64url') };
  }

  /**
   * @param context as passed to `encrypt`
   * @returns undefined, and logs an error, when DATA_KEYS lacks the key, or when the key does not decrypt the value:
   * its id has another secret now, or the value was changed or copied from another context
   */
  decrypt({ keyId, data: stored }: Encrypted, context: string): Buffer | undefined {
    const key = this.keys.get(keyId);
    if (!key) {
      const message = 'A value cannot be decrypted: DATA_KEYS lacks the key that encrypted it';
      this.logger.error({ event: 'data_key_missing', key: keyId }, message);
      return undefined;
    }
    const data = Buffer.from(stored, 'base64url');
    const iv = data.subarray(0, IV_BYTES);
    const tag = data.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
    try {
      const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
      return Buffer.concat([decipher.update(data.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    } catch {
      const message = 'A value cannot be decrypted: its key has another secret in DATA_KEYS, or the value was changed';
      this.logger.error({ event: 'data_key_wrong', key: keyId }, message);
      return undefined;
    }
  }

  /** Whether the newest key encrypted this value; otherwise it is to be encrypted again. */
  isCurrent({ keyId }: Pick<Encrypted, 'keyId'>): boolean {
    return keyId === this.keys.keys().next().value;
  }
}
