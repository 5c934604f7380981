import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession, ObjectId } from 'mongodb';
import { AuditService } from '../audit/audit.service.js';
import { DatabaseService } from '../database/database.service.js';
import { AppError } from '../errors/app.error.js';
import { NoticesService } from '../mail/notices.service.js';
import { ResetTokensRepository } from '../password-reset/reset-tokens.repository.js';
import { IpRateLimiterService } from '../rate-limits/ip-rate-limiter.service.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { AddressesRepository } from '../users/addresses.repository.js';
import { normalEmail } from '../users/email-address.js';
import type { UserRecord } from '../users/user.schema.js';
import { EmailCodesService, type EmailCode } from './email-codes.service.js';
import { EmailUndosService } from './email-undos.service.js';
import { UserEmailsRepository, type LockedUser } from './user-emails.repository.js';

/** Changes, verifies and removes the email address of an account. */
@Injectable()
export class EmailService {
  constructor(
    private readonly database: DatabaseService,
    private readonly users: UserEmailsRepository,
    private readonly addresses: AddressesRepository,
    private readonly codes: EmailCodesService,
    private readonly undos: EmailUndosService,
    private readonly resetTokens: ResetTokensRepository,
    private readonly limits: IpRateLimiterService,
    private readonly notices: NoticesService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Requests a change to another email address and mails its code. A verified address stays in force until the code is
   * typed; an unverified one is replaced at once. The response does not depend on other accounts with the address.
   * @returns when the code expires
   * @throws {AppError} rate_limited; nothing_to_verify for the account's own verified address
   */
  async requestChange(request: SignedInRequest, email: string): Promise<Date> {
    await this.limits.countMail(request);
    const { user } = request.auth.session;
    // Before the code is counted: a request that mails none must not use up the limit.
    if (isVerifiedAs(user, email)) throw new AppError('nothing_to_verify');
    const isAllowed = await this.codes.count(user._id, email);
    return this.locked(user._id, async (fresh, transaction) => {
      if (isVerifiedAs(fresh, email)) throw new AppError('nothing_to_verify');
      if (fresh.emailVerifiedAt) {
        // Replacing a pending change keeps its start: an undo removes what was added since the first request.
        await this.users.setPending(user._id, email, fresh.pendingEmailSince ?? new Date(), transaction);
      } else {
        await this.users.setUnverified(user._id, email, transaction);
      }
      const details = { newEmail: email };
      await this.notices.notify(fresh, 'email_change_requested', { origin: request, details }, transaction);
      return this.codes.issue(fresh, email, isAllowed, transaction);
    });
  }

  /**
   * Mails a new code for the pending or unverified address.
   * @returns when the valid code expires
   * @throws {AppError} rate_limited, nothing_to_verify
   */
  async requestCode(request: SignedInRequest): Promise<Date> {
    await this.limits.countMail(request);
    const { user } = request.auth.session;
    const email = unverifiedAddress(user);
    if (email === undefined) throw new AppError('nothing_to_verify');
    const isAllowed = await this.codes.count(user._id, email);
    return this.locked(user._id, (fresh, transaction) => {
      if (unverifiedAddress(fresh) !== email) throw new AppError('nothing_to_verify');
      return this.codes.issue(fresh, email, isAllowed, transaction);
    });
  }

  /**
   * Verifies the pending or unverified address by its code.
   * @returns the address
   * @throws {AppError} wrong_code; email_taken, only after the right code
   */
  async verify(request: SignedInRequest, typed: string): Promise<string> {
    const { user } = request.auth.session;
    const code = await this.codes.judge(user, typed);
    if (!code) throw new AppError('wrong_code');
    await this.locked(user._id, (fresh, transaction) => this.putInForce(request, fresh, code, transaction));
    return code.email;
  }

  /** A verified address stays reserved, and the notice of its removal has a link to undo it. */
  async remove(request: SignedInRequest): Promise<void> {
    await this.locked(request.auth.session.user._id, async (fresh, transaction) => {
      if (fresh.email === undefined) return;
      const { formerEmails, undo } = await this.undos.keep(fresh, new Date(), transaction);
      await this.users.remove(fresh._id, formerEmails, transaction);
      await this.codes.removeOf(fresh._id, transaction);
      await this.resetTokens.voidAllOf(fresh._id, transaction);
      await this.notices.notify(
        fresh,
        'email_removed',
        { origin: request, undo, ...oldAddressDetails(fresh) },
        transaction,
      );
    });
  }

  private async putInForce(
    request: Request,
    user: LockedUser,
    code: EmailCode,
    transaction?: ClientSession,
  ): Promise<void> {
    const { email } = code;
    const isCurrent = unverifiedAddress(user) === email && (await this.codes.consume(code, transaction));
    if (!isCurrent) throw new AppError('wrong_code');
    // Before the old address is reserved: the new one may be another spelling of it.
    const claimed = await this.addresses.claim(normalEmail(email)!, user._id, transaction);
    if (!claimed) throw new AppError('email_taken');
    const { formerEmails, undo } = await this.undos.keep(user, user.pendingEmailSince ?? new Date(), transaction);
    await this.users.setVerified(user._id, email, formerEmails, transaction);
    await this.resetTokens.voidAllOf(user._id, transaction);
    if (!user.emailVerifiedAt) {
      return this.audit.record(request, 'email_verified', { userId: user._id }, transaction);
    }
    const { details } = oldAddressDetails(user);
    const context = { origin: request, details: { ...details, newEmail: email }, also: [email], undo };
    await this.notices.notify(user, 'email_changed', context, transaction);
  }

  private locked<T>(userId: ObjectId, work: (user: LockedUser, transaction?: ClientSession) => Promise<T>): Promise<T> {
    return this.database.transaction(async (transaction) => {
      const user = await this.users.lock(userId, transaction);
      if (!user) throw new AppError('session_revoked', { reason: 'account_deleted' });
      return work(user, transaction);
    });
  }
}

/** The email address that a code would verify. */
const unverifiedAddress = ({ email, emailVerifiedAt, pendingEmail }: UserRecord): string | undefined =>
  emailVerifiedAt ? pendingEmail : email;

const isVerifiedAs = (user: UserRecord, email: string): boolean =>
  user.emailVerifiedAt !== undefined && normalEmail(user.email!) === normalEmail(email);

const oldAddressDetails = ({ email, emailVerifiedAt }: UserRecord) => ({
  details: emailVerifiedAt ? { oldEmail: email } : {},
});
