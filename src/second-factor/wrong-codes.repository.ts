import { Injectable } from '@nestjs/common';
import type { ClientSession, Collection, ObjectId } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import type { User } from '../users/user.schema.js';

/** The field of the user document that counts a client's wrong codes. */
export type WrongCodeCounter = 'wrongCodes.others' | `wrongCodes.devices.${string}`;

/** Consecutive wrong codes of an account, without expiry. */
@Injectable()
export class WrongCodesRepository {
  constructor(private readonly database: DatabaseService) {}

  /** Counts a code before it is judged. @returns the new count; undefined when `max` codes in a row were wrong */
  async count(userId: ObjectId, counter: WrongCodeCounter, max: number): Promise<number | undefined> {
    const counted = await this.users.findOneAndUpdate(
      { _id: userId, [counter]: { $not: { $gte: max } } },
      { $inc: { [counter]: 1 } },
      { returnDocument: 'after', projection: { wrongCodes: 1 } },
    );
    return counted ? wrongCodesOf(counted, counter) : undefined;
  }

  /** Takes one count back. */
  async refund(userId: ObjectId, counter: WrongCodeCounter): Promise<void> {
    await this.users.updateOne({ _id: userId, [counter]: { $gt: 0 } }, { $inc: { [counter]: -1 } });
  }

  /** Sets every counter of the account to 0. */
  async clear(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.users.updateOne({ _id: userId }, { $unset: { wrongCodes: 1 } }, { session: transaction });
  }

  private get users(): Collection<User> {
    return this.database.collection<User>('users');
  }
}

export function wrongCodesOf({ wrongCodes }: Pick<User, 'wrongCodes'>, counter: WrongCodeCounter): number {
  if (counter === 'wrongCodes.others') return wrongCodes?.others ?? 0;
  return wrongCodes?.devices?.[counter.slice('wrongCodes.devices.'.length)] ?? 0;
}
