import { Injectable } from '@nestjs/common';
import type { ClientSession, Collection, ObjectId, UpdateFilter } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import type { FormerEmail, User, UserRecord } from '../users/user.schema.js';

/** An account, read by a transaction that changes its email address. */
export type LockedUser = UserRecord & Pick<User, 'passwordHash' | 'pendingEmailSince'>;

/** The changes to an account when a change of its email address is undone. */
export interface Restoration {
  email: string;
  /** Email addresses that stay reserved. */
  formerEmails: FormerEmail[];
  /** The undo removes providers that were linked since. */
  changeRequestedAt: Date;
}

/** The fields of accounts that hold the email address and its pending change. */
@Injectable()
export class UserEmailsRepository {
  constructor(private readonly database: DatabaseService) {}

  private get users(): Collection<User> {
    return this.database.collection<User>('users');
  }

  /** Reads the account and makes other transactions about it wait. @returns null if it was deleted */
  lock(userId: ObjectId, transaction?: ClientSession): Promise<LockedUser | null> {
    const options = { returnDocument: 'after' as const, session: transaction, projection: { identities: 0, lock: 0 } };
    return this.users.findOneAndUpdate({ _id: userId }, { $inc: { lock: 1 } }, options);
  }

  /** @param since when the change was first asked for */
  setPending(userId: ObjectId, pendingEmail: string, since: Date, transaction?: ClientSession): Promise<void> {
    return this.change(userId, { $set: { pendingEmail, pendingEmailSince: since } }, transaction);
  }

  setUnverified(userId: ObjectId, email: string, transaction?: ClientSession): Promise<void> {
    return this.change(userId, { $set: { email }, $unset: { emailVerifiedAt: 1, ...PENDING } }, transaction);
  }

  setVerified(
    userId: ObjectId,
    email: string,
    formerEmails: FormerEmail[],
    transaction?: ClientSession,
  ): Promise<void> {
    const verified = { email, emailVerifiedAt: new Date(), formerEmails };
    return this.change(userId, { $set: verified, $unset: PENDING }, transaction);
  }

  remove(userId: ObjectId, formerEmails: FormerEmail[], transaction?: ClientSession): Promise<void> {
    const gone = { email: 1, emailVerifiedAt: 1, ...PENDING } as const;
    return this.change(userId, { $set: { formerEmails }, $unset: gone }, transaction);
  }

  /** Also disables the password until it is reset, and voids sessions and device cookies. */
  async restore(
    user: LockedUser,
    { email, formerEmails, changeRequestedAt }: Restoration,
    transaction?: ClientSession,
  ): Promise<void> {
    const passwordResetRequired = user.passwordHash === undefined ? {} : { passwordResetRequired: true };
    const restored = {
      email,
      emailVerifiedAt: new Date(),
      formerEmails,
      credentialChange: 'email_change_undone' as const,
    };
    await this.change(
      user._id,
      {
        $set: { ...restored, ...passwordResetRequired },
        $unset: PENDING,
        $inc: { credentialVersion: 1 },
        $pull: { identities: { linkedAt: { $gte: changeRequestedAt } } },
      },
      transaction,
    );
  }

  private async change(userId: ObjectId, update: UpdateFilter<User>, transaction?: ClientSession): Promise<void> {
    await this.users.updateOne({ _id: userId }, update, { session: transaction });
  }
}

const PENDING = { pendingEmail: 1, pendingEmailSince: 1 } as const;
