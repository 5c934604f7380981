import { Injectable } from '@nestjs/common';
import type { ClientSession, ObjectId } from 'mongodb';
import { SignInMethodsRepository } from '../users/sign-in-methods.repository.js';
import { PasskeysRepository } from './passkeys.repository.js';

/** Removes passkeys that an attacker may hold, even where no other way to sign in remains. */
@Injectable()
export class PasskeyRemovalService {
  constructor(
    private readonly passkeys: PasskeysRepository,
    private readonly methods: SignInMethodsRepository,
  ) {}

  /** @param since removes passkeys that were added at this time or later; without it, all */
  async remove(userId: ObjectId, since?: Date, transaction?: ClientSession): Promise<void> {
    await this.passkeys.removeAllOf(userId, since, transaction);
    await this.methods.setPasskeyCount(userId, await this.passkeys.countOf(userId, transaction), transaction);
  }
}
