import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { AuditService } from '../audit/audit.service.js';
import { DeviceCookie } from '../auth/device.cookie.js';
import { SignInService } from '../auth/sign-in.service.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { DataKeysService, type Encrypted } from '../keys/data-keys.service.js';
import { NoticesService } from '../mail/notices.service.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { SessionTransactionService } from '../sessions/store/session-transaction.service.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';
import { credentialVersionOf, type TotpSecret, type UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-code.js';
import { SecondFactorService } from './second-factor.service.js';
import type { TotpEnabledView, TotpKeyView } from './second-factor.views.js';
import { SecondFactorsRepository, type StoredFactors } from './second-factors.repository.js';
import { keyOf, SECRET_BYTES, stepOf } from './totp.js';
import { secretContext } from './totp.service.js';

const PENDING_MS = 15 * 60_000;

/** Turns TOTP on and off. */
@Injectable()
export class TotpEnrolmentService {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly secondFactors: SecondFactorService,
    private readonly factors: SecondFactorsRepository,
    private readonly keys: DataKeysService,
    private readonly users: UsersService,
    private readonly transactions: SessionTransactionService,
    private readonly sessions: SessionsRepository,
    private readonly signIns: SignInService,
    private readonly cookie: SessionCookie,
    private readonly devices: DeviceCookie,
    private readonly notices: NoticesService,
    private readonly audit: AuditService,
  ) {}

  /** @throws {AppError} not_found, while TOTP cannot be turned on */
  async begin({ _id, username }: UserRecord): Promise<TotpKeyView> {
    if (!this.secondFactors.canEnroll) throw new AppError('not_found');
    const secret = randomBytes(SECRET_BYTES);
    const expiresAt = new Date(Date.now() + PENDING_MS);
    await this.factors.setPending(_id, { ...this.keys.encrypt(secret, secretContext(_id)), expiresAt });
    const key = await keyOf(secret, this.config.appName, username);
    return { ...key, expiresAt: expiresAt.toISOString() };
  }

  /**
   * Turns the pending secret on. Voids earlier sessions, continuations, reset tokens and device cookies. This session gets a
   * new id.
   * @throws {AppError} not_found, nothing_to_verify, wrong_code
   */
  async enable(request: SignedInRequest, code: string): Promise<TotpEnabledView> {
    if (!this.secondFactors.canEnroll) throw new AppError('not_found');
    const { stored, secret } = await this.pendingOf(request.auth.session.user);
    const hasCodes = (stored.recoveryCodes?.hashes.length ?? 0) > 0;
    const recoveryCodes = hasCodes ? undefined : newRecoveryCodes();
    const lastStep = await stepOf(code, secret);
    if (lastStep === undefined) throw new AppError('wrong_code');
    const { keyId, data } = this.keys.encrypt(secret, secretContext(stored._id));
    const enabled = { stored, secret: { keyId, data, lastStep }, hashes: recoveryCodes?.map(hashRecoveryCode) };
    const ended = await this.transactions.run(request, () => this.store(request, enabled));
    this.cookie.issue(request);
    this.devices.issue(request, request.auth.session.user);
    return { ...(recoveryCodes && { recoveryCodes }), revokedSessions: ended.length };
  }

  /** @throws {AppError} second_factor_setup_required, when the account must keep a second factor */
  async disable(request: SignedInRequest): Promise<void> {
    const { user, publicId } = request.auth.session;
    await this.transactions.run(request, async (transaction) => {
      await this.users.lock(user._id, transaction);
      const stored = await this.factors.find(user._id, transaction);
      const keepsPasskey = (stored?.passkeyCount ?? 0) > 0;
      if (!stored?.totp) return;
      if (this.config.secondFactor === 'required' && !keepsPasskey) throw new AppError('second_factor_setup_required');
      await this.factors.disableTotp(user._id, keepsPasskey, transaction);
      const context = { origin: request, sessionIds: [publicId] };
      await this.notices.notify(user, 'second_factor_disabled', context, transaction);
    });
  }

  private async pendingOf({ _id }: UserRecord): Promise<{ stored: StoredFactors; secret: Buffer }> {
    const stored = await this.factors.find(_id);
    const pending = stored?.pendingTotp;
    if (!pending || pending.expiresAt.getTime() <= Date.now()) throw new AppError('nothing_to_verify');
    const secret = this.keys.decrypt(pending satisfies Encrypted, secretContext(_id));
    if (!secret) throw new AppError('nothing_to_verify');
    return { stored, secret };
  }

  private async store(request: SignedInRequest, { stored, secret, hashes }: Enabled): Promise<string[]> {
    const { transaction, session } = request.auth;
    const { user, byProvider } = session;
    if (!(await this.factors.enableTotp(stored, secret, hashes, transaction))) throw new AppError('nothing_to_verify');
    const updated = {
      ...user,
      totp: { enabledAt: new Date() },
      credentialVersion: credentialVersionOf(stored) + 1,
      credentialChange: 'second_factor_changed' as const,
    };
    // Rotates first, because a session that was revoked meanwhile must not revoke others.
    const { publicId } = await this.signIns.rotateSession(request, updated, {
      amr: ['otp', 'mfa'],
      aal: 2,
      byProvider,
    });
    const ended = await this.sessions.revokeAll(user, 'second_factor_changed', {
      except: session._id,
      transaction,
    });
    const context = { origin: request, sessionIds: [publicId] };
    await this.notices.notify(user, 'second_factor_enabled', context, transaction);
    await this.audit.record(request, 'session_revoked', { userId: user._id, sessionIds: ended }, transaction);
    return ended;
  }
}

interface Enabled {
  stored: StoredFactors;
  secret: TotpSecret;
  hashes?: string[];
}
