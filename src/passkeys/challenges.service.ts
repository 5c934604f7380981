import { Inject, Injectable } from '@nestjs/common';
import type { ClientSession, Collection, ObjectId } from 'mongodb';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { isDuplicateKey } from '../database/mongo-errors.js';
import { deriveKeys, type DerivedKey } from '../keys/derived-keys.js';

export const CHALLENGE_LIFETIME_MS = 5 * 60_000;

/** Remembers a used challenge beyond its expiry, so that processes with different clocks reject it. */
const REMEMBERED_BEYOND_MS = 10 * 60_000;

const EXPIRY_BYTES = 6;
const NONCE_BYTES = 16;
const MAC_BYTES = 32;

/** What a challenge may be used for. It is invalid for every other purpose. */
export type ChallengePurpose = 'registration' | 'sign_in' | 'second_factor' | 'reauthentication' | 'reset';

/** What a challenge is bound to. */
export interface ChallengeBinding {
  purpose: ChallengePurpose;
  /** Account and session, continuation or token; absent for a sign-in, which names no account. */
  subject?: string;
}

export interface Challenge {
  nonce: string;
  expiresAt: number;
}

interface UsedChallenge {
  _id: string;
  userId: ObjectId;
  expires: Date;
}

/**
 * WebAuthn challenges: expiry, nonce, and an HMAC over both, the purpose and the subject. Unused challenges are not stored,
 * so an unauthenticated request for options writes nothing. A challenge is stored when it is used, after its signature was
 * verified.
 * @see docs/adr/0026-passkeys.md
 */
@Injectable()
export class ChallengesService {
  /** Newest first. */
  private readonly keys: DerivedKey[];

  constructor(
    private readonly database: DatabaseService,
    @Inject(APP_CONFIG) { session }: AppConfig,
  ) {
    this.keys = deriveKeys(session.secrets, 'passkey-challenge/v1');
  }

  /** @returns base64url, 72 characters */
  issue(binding: ChallengeBinding): string {
    const expiry = Buffer.alloc(EXPIRY_BYTES);
    expiry.writeUIntBE(Date.now() + CHALLENGE_LIFETIME_MS, 0, EXPIRY_BYTES);
    const signed = Buffer.concat([expiry, randomBytes(NONCE_BYTES)]);
    return Buffer.concat([signed, mac(this.keys[0]!, binding, signed)]).toString('base64url');
  }

  /** @returns undefined for a challenge that has expired, or was issued elsewhere, for another purpose or subject */
  read(text: string, binding: ChallengeBinding): Challenge | undefined {
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length !== EXPIRY_BYTES + NONCE_BYTES + MAC_BYTES) return undefined;
    const signed = bytes.subarray(0, EXPIRY_BYTES + NONCE_BYTES);
    const given = bytes.subarray(EXPIRY_BYTES + NONCE_BYTES);
    if (!this.keys.some((key) => timingSafeEqual(mac(key, binding, signed), given))) return undefined;
    const expiresAt = signed.readUIntBE(0, EXPIRY_BYTES);
    if (Date.now() >= expiresAt) return undefined;
    return { nonce: signed.subarray(EXPIRY_BYTES).toString('base64url'), expiresAt };
  }

  /**
   * Marks a challenge as used. The unique `_id` decides between racing requests.
   * @param transaction stores what the challenge is used for; an abort leaves the challenge valid
   * @returns false for a challenge that was used before
   */
  async consume({ nonce, expiresAt }: Challenge, userId: ObjectId, transaction?: ClientSession): Promise<boolean> {
    const expires = new Date(expiresAt + REMEMBERED_BEYOND_MS);
    try {
      await this.used.insertOne({ _id: nonce, userId, expires }, { session: transaction });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** For an account that is deleted. */
  async deleteForUser(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.used.deleteMany({ userId }, { session: transaction });
  }

  private get used(): Collection<UsedChallenge> {
    return this.database.collection<UsedChallenge>('passkey_challenges');
  }
}

/** JSON separates purpose and subject unambiguously. */
function mac({ key }: DerivedKey, { purpose, subject = '' }: ChallengeBinding, signed: Buffer): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([purpose, subject]))
    .update(signed)
    .digest();
}
