import { Injectable } from '@nestjs/common';
import type { ClientSession, ObjectId } from 'mongodb';
import { SignInMethodsRepository } from '../users/sign-in-methods.repository.js';
import { PasskeysRepository } from './passkeys.repository.js';

/** Removes passkeys that somebody else may hold, whether or not another way to sign in is left. */
@Injectable()
export class PasskeyRemovalService {
  constructor(
    private readonly passkeys: PasskeysRepository,
    private readonly methods: SignInMethodsRepository,
  ) {}

  /** @param since absent: all of them */
  async remove(userId: ObjectId, since?: Date, transaction?: ClientSession): Promise<void> {
    await this.passkeys.removeAllOf(userId, since, transaction);
    await this.methods.setPasskeyCount(userId, await this.passkeys.countOf(userId, transaction), transaction);
  }
}
