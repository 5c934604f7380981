import { Injectable } from '@nestjs/common';
import { DataKeysService } from '../keys/data-keys.service.js';
import { SecondFactorsRepository } from './second-factors.repository.js';
import { secretContext } from './totp.service.js';

export interface Reencryption {
  reencrypted: number;
  /** Secrets that no key of DATA_KEYS decrypts. */
  missing: number;
}

/** Encrypts every TOTP secret with the newest key, so that older keys can be removed from DATA_KEYS. */
@Injectable()
export class ReencryptionService {
  constructor(
    private readonly factors: SecondFactorsRepository,
    private readonly keys: DataKeysService,
  ) {}

  async run(): Promise<Reencryption> {
    const result = { reencrypted: 0, missing: 0 };
    for await (const { _id, totpSecret } of this.factors.withTotp()) {
      if (!totpSecret || this.keys.isCurrent(totpSecret)) continue;
      const context = secretContext(_id);
      const secret = this.keys.decrypt(totpSecret, context);
      if (!secret) result.missing += 1;
      else if (await this.factors.reencrypt(_id, totpSecret, this.keys.encrypt(secret, context)))
        result.reencrypted += 1;
    }
    return result;
  }
}
