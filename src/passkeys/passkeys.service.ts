import { Inject, Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongodb';
import { randomUUID } from 'node:crypto';
import { SignInService } from '../auth/sign-in.service.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { AppError } from '../errors/app.error.js';
import { NoticesService } from '../mail/notices.service.js';
import { clientInfoOf } from '../net/client-info.js';
import { deviceView } from '../sessions/devices/device.views.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import type { ActiveSession, SignedInRequest } from '../sessions/session.types.js';
import { SessionTransactionService } from '../sessions/store/session-transaction.service.js';
import { hasSecondFactor } from '../users/second-factor-state.js';
import { SignInMethodsRepository } from '../users/sign-in-methods.repository.js';
import type { UserRecord } from '../users/user.schema.js';
import { ChallengesService, type Challenge, type ChallengeBinding } from './challenges.service.js';
import { clientDataOf } from './client-data.js';
import { PASSKEY_AMR } from './passkey-assertions.service.js';
import { noticeOf } from './passkey-notice.js';
import { creationOptions } from './passkey-options.js';
import { PasskeysRepository } from './passkeys.repository.js';
import type { NewPasskeyBody, RegistrationCredential } from './passkeys.schemas.js';
import type { NewCredential, Passkey } from './passkeys.types.js';
import { passkeyView, type CreationOptions, type PasskeysView } from './passkeys.views.js';
import { UserHandlesRepository } from './user-handles.repository.js';
import { WebAuthnService } from './webauthn.service.js';

const MAX_PER_ACCOUNT = 20;

/** Adds, lists, renames and removes the passkeys of the signed-in user. */
@Injectable()
export class PasskeysService {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly challenges: ChallengesService,
    private readonly webauthn: WebAuthnService,
    private readonly passkeys: PasskeysRepository,
    private readonly handles: UserHandlesRepository,
    private readonly methods: SignInMethodsRepository,
    private readonly database: DatabaseService,
    private readonly transactions: SessionTransactionService,
    private readonly signIns: SignInService,
    private readonly cookie: SessionCookie,
    private readonly notices: NoticesService,
  ) {}

  async options(session: ActiveSession): Promise<CreationOptions> {
    const { user } = session;
    this.webauthn.preload();
    const [userHandle, existing] = await Promise.all([this.handles.of(user._id), this.passkeys.listOf(user._id)]);
    const challenge = this.challenges.issue(bindingOf(session));
    return creationOptions(this.config, { challenge, userName: user.username, userHandle, existing });
  }

  /** @throws {AppError} invalid_credential, passkey_exists, passkey_limit_reached */
  async add(request: SignedInRequest, { credential, name }: NewPasskeyBody): Promise<Passkey> {
    const { user } = request.auth.session;
    const challenge = this.challengeOf(request.auth.session, credential);
    // The deadline limits waits for the database, not the time to load the library and check the signature.
    const judge = () => this.webauthn.verifyRegistration(credential);
    const verified = challenge && (await request.deadline.pauseWhile(judge));
    if (!verified) throw new AppError('invalid_credential');
    const passkey = newPasskey(user, verified, {
      userHandle: await this.handles.of(user._id),
      name: name ?? deviceView(clientInfoOf(request).userAgent).label,
    });
    const raised = this.isFirstRequiredFactor(user);
    await this.transactions.run(request, async (transaction) => {
      await this.store(request, passkey, challenge, transaction);
      if (raised) await this.raise(request);
    });
    if (raised) this.cookie.issue(request);
    return passkey;
  }

  async list(user: UserRecord): Promise<PasskeysView> {
    const [userHandle, passkeys] = await Promise.all([this.handles.of(user._id), this.passkeys.listOf(user._id)]);
    return { rpId: this.config.passkeys!.rpId, userHandle, items: passkeys.map(passkeyView) };
  }

  /** @throws {AppError} not_found */
  async rename(user: UserRecord, publicId: string, name: string): Promise<Passkey> {
    const passkey = await this.passkeys.rename(user._id, publicId, name);
    if (!passkey) throw new AppError('not_found');
    return passkey;
  }

  /** @throws {AppError} not_found, last_sign_in_method, second_factor_setup_required */
  async remove(request: SignedInRequest, publicId: string): Promise<void> {
    const { user } = request.auth.session;
    await this.database.transaction(async (transaction) => {
      const passkey = await this.passkeys.findOwn(user._id, publicId, transaction);
      if (!passkey) throw new AppError('not_found');
      // Decided before the removal, because a standalone server has no transaction to roll back.
      if (!(await this.methods.removePasskey(user._id, transaction))) {
        const another = await this.methods.hasWayBesidePasskey(user._id, transaction);
        throw new AppError(another ? 'second_factor_setup_required' : 'last_sign_in_method');
      }
      await this.passkeys.remove(passkey, transaction);
      await this.notices.notify(user, 'passkey_removed', noticeOf(request, passkey), transaction);
    });
  }

  private isFirstRequiredFactor(user: UserRecord): boolean {
    return this.config.secondFactor === 'required' && !hasSecondFactor(user);
  }

  /** Raises this session to `aal` 2: it has just proved the account's new second factor. */
  private async raise(request: SignedInRequest): Promise<void> {
    const { user, byProvider } = request.auth.session;
    await this.signIns.rotateSession(request, user, { amr: PASSKEY_AMR, aal: 2, byProvider });
  }

  private challengeOf(session: ActiveSession, { response }: RegistrationCredential): Challenge | undefined {
    const clientData = clientDataOf(response.clientDataJSON);
    return clientData && this.challenges.read(clientData.challenge, bindingOf(session));
  }

  private async store(
    request: SignedInRequest,
    passkey: Passkey,
    challenge: Challenge,
    transaction?: ClientSession,
  ): Promise<void> {
    const { user } = request.auth.session;
    if (!(await this.challenges.consume(challenge, user._id, transaction))) throw new AppError('invalid_credential');
    if (!(await this.passkeys.insert(passkey, transaction))) throw new AppError('passkey_exists');
    if (!(await this.methods.addPasskey(user._id, MAX_PER_ACCOUNT, transaction))) {
      // A standalone server has no transaction to roll back.
      await this.passkeys.remove(passkey, transaction);
      throw new AppError('passkey_limit_reached');
    }
    await this.notices.notify(user, 'passkey_added', noticeOf(request, passkey), transaction);
  }
}

function bindingOf({ userId, publicId }: ActiveSession): ChallengeBinding {
  return { purpose: 'registration', subject: `${userId.toHexString()}.${publicId}` };
}

function newPasskey(
  { _id: userId }: UserRecord,
  { credentialId, ...credential }: NewCredential,
  naming: Pick<Passkey, 'userHandle' | 'name'>,
): Passkey {
  return { _id: credentialId, publicId: randomUUID(), userId, ...credential, ...naming, createdAt: new Date() };
}
