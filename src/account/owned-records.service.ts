import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongodb';
import { EmailCodesService } from '../email/email-codes.service.js';
import { EmailUndosRepository } from '../email/email-undos.repository.js';
import { ChallengesService } from '../passkeys/challenges.service.js';
import { PasskeysRepository } from '../passkeys/passkeys.repository.js';
import { ResetMailsService } from '../password-reset/reset-mails.service.js';
import { ResetTokensRepository } from '../password-reset/reset-tokens.repository.js';
import { AddressesRepository } from '../users/addresses.repository.js';
import type { UserRecord } from '../users/user.schema.js';

/**
 * Every record beside the account that belongs to one user and is small enough to go in the account's own transaction.
 * The one list of them; account-cleanup.service.ts has those that there may be very many of.
 *
 * Queued notices are not in it: a job holds its recipient's address and expires within a day, so that the notice of a
 * deletion, and of what came before it, still arrives.
 */
@Injectable()
export class OwnedRecordsService {
  constructor(
    private readonly addresses: AddressesRepository,
    private readonly codes: EmailCodesService,
    private readonly undos: EmailUndosRepository,
    private readonly resetTokens: ResetTokensRepository,
    private readonly resetMails: ResetMailsService,
    private readonly passkeys: PasskeysRepository,
    private readonly challenges: ChallengesService,
  ) {}

  async removeOf(user: UserRecord, transaction?: ClientSession): Promise<void> {
    await this.addresses.release(user._id, undefined, transaction);
    await this.codes.removeOf(user._id, transaction);
    await this.undos.removeOf(user._id, transaction);
    await this.resetTokens.removeOf(user._id, transaction);
    await this.resetMails.removeOf(user, transaction);
    await this.passkeys.removeAllOf(user._id, undefined, transaction);
    await this.challenges.deleteForUser(user._id, transaction);
  }
}
