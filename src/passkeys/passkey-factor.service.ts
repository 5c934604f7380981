import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Request } from 'express';
import { ObjectId, type ClientSession } from 'mongodb';
import type { VerifiedFactor } from '../auth/second-factor-gate.js';
import { AppError } from '../errors/app.error.js';
import { ContinuationService } from '../second-factor/continuation.service.js';
import { SecondFactorService } from '../second-factor/second-factor.service.js';
import type { FactorUse, PasskeyFactor } from '../second-factor/second-factor.types.js';
import type { ActiveSession } from '../sessions/session.types.js';
import { credentialVersionOf, type UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';
import { PASSKEY_AMR, PasskeyAssertionsService } from './passkey-assertions.service.js';
import { PasskeyRemovalService } from './passkey-removal.service.js';
import { assertionCredential } from './passkeys.schemas.js';
import type { RequestOptions } from './passkeys.views.js';

/** Passkeys as a second factor: at sign-in, for re-authentication and for a password reset. */
@Injectable()
export class PasskeyFactorService implements PasskeyFactor, OnModuleInit {
  constructor(
    private readonly secondFactors: SecondFactorService,
    private readonly continuations: ContinuationService,
    private readonly assertions: PasskeyAssertionsService,
    private readonly removal: PasskeyRemovalService,
    private readonly users: UsersService,
  ) {}

  onModuleInit(): void {
    this.secondFactors.registerPasskeys(this);
  }

  async verify(request: Request, user: UserRecord, credential: unknown, binding: FactorUse): Promise<VerifiedFactor> {
    const { data } = assertionCredential.safeParse(credential);
    if (!data) throw new AppError('wrong_code');
    const proved = await this.assertions.verifyOf({ request, user, binding }, data);
    return { amr: PASSKEY_AMR, consume: (transaction) => proved.consume(transaction) };
  }

  options(user: UserRecord, binding: FactorUse): Promise<RequestOptions> {
    return this.assertions.options(binding, user);
  }

  removeAll(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    return this.removal.remove(userId, undefined, transaction);
  }

  /** For the second step of the sign-in that this continuation carries. @throws {AppError} sign_in_expired, account_disabled */
  async signInOptions(continuation: string): Promise<RequestOptions> {
    const { userId, credentialVersion } = this.continuations.read(continuation);
    const user = await this.users.findById(new ObjectId(userId));
    if (!user || credentialVersionOf(user) !== credentialVersion) throw new AppError('sign_in_expired');
    if (user.disabledAt) throw new AppError('account_disabled');
    return this.options(user, { purpose: 'second_factor', subject: continuation });
  }

  reauthenticationOptions({ user, publicId }: ActiveSession): Promise<RequestOptions> {
    return this.options(user, { purpose: 'reauthentication', subject: publicId });
  }
}
