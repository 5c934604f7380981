import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import type { ErrorCode } from '../errors/error-codes.js';
import type { UserRecord } from '../users/user.schema.js';
import {
  ChallengesService,
  type Challenge,
  type ChallengeBinding,
  type ChallengePurpose,
} from './challenges.service.js';
import { clientDataOf } from './client-data.js';
import { NoticesService } from '../mail/notices.service.js';
import { noticeOf } from './passkey-notice.js';
import { requestOptions } from './passkey-options.js';
import { PasskeysRepository } from './passkeys.repository.js';
import type { AssertionCredential } from './passkeys.schemas.js';
import type { Passkey, VerifiedAssertion } from './passkeys.types.js';
import type { RequestOptions } from './passkeys.views.js';
import { WebAuthnService } from './webauthn.service.js';

/** RFC 8176: proof of possession, presence, several factors. */
export const PASSKEY_AMR = ['pop', 'user', 'mfa'];

/** The error code for a rejected assertion. */
const REJECTION: Record<Exclude<ChallengePurpose, 'registration'>, ErrorCode> = {
  sign_in: 'invalid_credentials',
  second_factor: 'wrong_code',
  reauthentication: 'wrong_code',
  reset: 'wrong_code',
};

export interface AssertionContext {
  request: Request;
  user: UserRecord;
  binding: AssertionBinding;
}

export type AssertionBinding = ChallengeBinding & { purpose: keyof typeof REJECTION };

/** A passkey with a valid signature whose challenge is unused so far. */
export interface ProvedPasskey {
  /**
   * Uses up the challenge and records the use of the passkey. Runs in the transaction that stores what was proved, so an
   * abort leaves the challenge valid.
   * @throws {AppError} as `verify`, when another request used the challenge first
   */
  consume(transaction?: ClientSession): Promise<void>;
}

/** Verifies assertions for every purpose. */
@Injectable()
export class PasskeyAssertionsService {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly challenges: ChallengesService,
    private readonly webauthn: WebAuthnService,
    private readonly passkeys: PasskeysRepository,
    private readonly notices: NoticesService,
  ) {}

  /** Whether passkeys are on and the user has one. */
  isAvailable({ passkeyCount = 0 }: UserRecord): boolean {
    return this.config.passkeys !== null && passkeyCount > 0;
  }

  /** @param user owner of the passkeys that may sign; without it any passkey may, for a sign-in without a username */
  async options(binding: AssertionBinding, user?: UserRecord): Promise<RequestOptions> {
    this.webauthn.preload();
    const allowed = user ? await this.passkeys.listOf(user._id) : [];
    return requestOptions(this.config, this.challenges.issue(binding), allowed);
  }

  /**
   * Verifies an assertion by one of this user's passkeys.
   * @throws {AppError} wrong_code
   */
  async verifyOf(context: AssertionContext, credential: AssertionCredential): Promise<ProvedPasskey> {
    const { user, binding } = context;
    const passkey = this.isAvailable(user) ? await this.passkeys.find(credential.id) : null;
    if (!passkey?.userId.equals(user._id)) throw rejectionFor(binding);
    return this.verify(context, passkey, credential);
  }

  /** @throws {AppError} wrong_code; invalid_credentials for a sign-in */
  async verify(context: AssertionContext, passkey: Passkey, credential: AssertionCredential): Promise<ProvedPasskey> {
    const challenge = this.challengeOf(context.binding, credential);
    // The deadline limits waits for the database, not the time to load the library and check the signature.
    const judge = () => this.webauthn.verifyAssertion(credential, passkey);
    const assertion = challenge && (await context.request.deadline.pauseWhile(judge));
    const rejection = rejectionFor(context.binding);
    if (!assertion || !isSameCredential(passkey, assertion, credential)) throw rejection;
    if (hasCounterFallen(passkey, assertion)) {
      await this.notices.notify(context.user, 'passkey_counter_fell', noticeOf(context.request, passkey));
      throw rejection;
    }
    return { consume: (transaction) => this.consume(passkey, challenge, assertion, rejection, transaction) };
  }

  private challengeOf(binding: AssertionBinding, { response }: AssertionCredential): Challenge | undefined {
    const clientData = clientDataOf(response.clientDataJSON);
    return clientData && this.challenges.read(clientData.challenge, binding);
  }

  private async consume(
    passkey: Passkey,
    challenge: Challenge,
    assertion: VerifiedAssertion,
    rejection: AppError,
    transaction?: ClientSession,
  ): Promise<void> {
    const unused = await this.challenges.consume(challenge, passkey.userId, transaction);
    if (!unused || !(await this.passkeys.recordUse(passkey, assertion, transaction))) throw rejection;
  }
}

function rejectionFor({ purpose }: AssertionBinding): AppError {
  return new AppError(REJECTION[purpose]);
}

/** Backup eligibility never changes: a credential that changes it is not the registered one. */
function isSameCredential(passkey: Passkey, assertion: VerifiedAssertion, { response }: AssertionCredential): boolean {
  const namesAnother = typeof response.userHandle === 'string' && response.userHandle !== passkey.userHandle;
  return !namesAnother && assertion.backupEligible === passkey.backupEligible;
}

/**
 * The counter of a device-bound authenticator must rise with each use: a counter that does not may mean a copied key. Synced
 * passkeys share no counter between devices, so theirs is not checked.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-sign-counter
 */
function hasCounterFallen(passkey: Passkey, { counter }: VerifiedAssertion): boolean {
  const counts = counter > 0 || passkey.counter > 0;
  return !passkey.backupEligible && counts && counter <= passkey.counter;
}
