import { Injectable } from '@nestjs/common';
import type { ClientSession, ObjectId } from 'mongodb';
import { EmailCodesService } from '../email/email-codes.service.js';
import { EmailUndosRepository } from '../email/email-undos.repository.js';
import { ChallengesService } from '../passkeys/challenges.service.js';
import { PasskeysRepository } from '../passkeys/passkeys.repository.js';
import { ResetMailsService } from '../password-reset/reset-mails.service.js';
import { ResetTokensRepository } from '../password-reset/reset-tokens.repository.js';
import { AddressesRepository } from '../users/addresses.repository.js';
import type { UserRecord } from '../users/user.schema.js';

/**
 * The only list of records that belong to one user and are few enough for the transaction that deletes the account.
 * account-cleanup.service.ts deletes those that may be many.
 *
 * Queued notices stay, so that notices about the deletion and earlier events still arrive. A job contains the email address of
 * its recipient and expires within a day.
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

  /** Call after that transaction. While it ran, a mail may have stored a token, or the owner a challenge. */
  async removeLate(userId: ObjectId): Promise<void> {
    await this.resetTokens.removeOf(userId);
    await this.challenges.deleteForUser(userId);
  }
}
