import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { AppError } from '../errors/app.error.js';
import { MailSecretsService } from '../mail/mail-secrets.service.js';
import type { UndoLink } from '../mail/notice.types.js';
import { NoticesService } from '../mail/notices.service.js';
import { PasskeyRemovalService } from '../passkeys/passkey-removal.service.js';
import { ResetMailsService } from '../password-reset/reset-mails.service.js';
import { ResetTokensRepository } from '../password-reset/reset-tokens.repository.js';
import { IpRateLimiterService } from '../rate-limits/ip-rate-limiter.service.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';
import { AddressesRepository } from '../users/addresses.repository.js';
import { normalEmail } from '../users/email-address.js';
import type { FormerEmail } from '../users/user.schema.js';
import { EmailCodesService } from './email-codes.service.js';
import { EmailUndosRepository, type EmailUndo } from './email-undos.repository.js';
import { UserEmailsRepository, type LockedUser } from './user-emails.repository.js';

/** Lets the owner of the old email address undo its change for EMAIL_CHANGE_UNDO. */
@Injectable()
export class EmailUndosService implements OnModuleInit {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly database: DatabaseService,
    private readonly undos: EmailUndosRepository,
    private readonly users: UserEmailsRepository,
    private readonly addresses: AddressesRepository,
    private readonly codes: EmailCodesService,
    private readonly passkeys: PasskeyRemovalService,
    private readonly sessions: SessionsRepository,
    private readonly resetTokens: ResetTokensRepository,
    private readonly resetMails: ResetMailsService,
    private readonly limits: IpRateLimiterService,
    private readonly secrets: MailSecretsService,
    private readonly notices: NoticesService,
  ) {}

  onModuleInit(): void {
    this.notices.onUndoRenewed((id, token, transaction) => this.undos.renew(id, token, transaction));
  }

  /**
   * Reserves the verified email address that an account is about to give up, and makes the link that restores it.
   * @param user before the change
   * @param requestedAt when the change was first asked for
   * @returns the email addresses that are reserved for the account from now on; `undo` is absent if there was no verified
   *   address or mail is off
   */
  async keep(
    user: LockedUser,
    requestedAt: Date,
    transaction?: ClientSession,
  ): Promise<{ formerEmails: FormerEmail[]; undo?: UndoLink }> {
    const formerEmails = stillReserved(user);
    if (user.email === undefined || !user.emailVerifiedAt) return { formerEmails };
    const { email, _id: userId } = user;
    const normal = normalEmail(email)!;
    if (!this.config.mail) {
      await this.addresses.release(userId, [normal], transaction);
      return { formerEmails };
    }
    const changedAt = new Date();
    const expires = new Date(changedAt.getTime() + this.config.email.changeUndoMs);
    const secret = this.secrets.create('token');
    const record = { userId, email, requestedAt, changedAt, expires };
    const id = await this.undos.store(secret.value, record, transaction);
    await this.addresses.reserve(normal, userId, expires, transaction);
    const others = formerEmails.filter(({ address }) => normalEmail(address) !== normal);
    return {
      formerEmails: [...others, { address: email, until: expires }],
      undo: { id, to: email, secret, expiresAt: expires },
    };
  }

  /**
   * Restores the old email address, ends every session and disables the password until it is reset.
   * @returns how many sessions were ended
   * @throws {AppError} rate_limited, invalid_token
   */
  async undo(request: Request, token: string): Promise<number> {
    await this.limits.countAttempt(request);
    const undo = await this.undos.find(token);
    if (!undo) throw new AppError('invalid_token');
    const ended = await this.database.transaction(async (transaction) => {
      const user = await this.users.lock(undo.userId, transaction);
      const isValid = user !== null && (await this.undos.consume(undo, transaction));
      if (!isValid) throw new AppError('invalid_token');
      return this.restore(request, user, undo, transaction);
    });
    return ended.length;
  }

  private async restore(
    request: Request,
    user: LockedUser,
    undo: EmailUndo,
    transaction?: ClientSession,
  ): Promise<string[]> {
    const { email, requestedAt: changeRequestedAt } = undo;
    const formerEmails = await this.releaseLater(user, undo, transaction);
    await this.addresses.claim(normalEmail(email)!, user._id, transaction);
    await this.users.restore(user, { email, formerEmails, changeRequestedAt }, transaction);
    await this.passkeys.remove(user._id, changeRequestedAt, transaction);
    await this.codes.removeOf(user._id, transaction);
    await this.resetTokens.voidAllOf(user._id, transaction);
    const ended = await this.sessions.revokeAll(user, 'email_change_undone', { transaction });
    const context = { origin: request, sessionIds: undefined, details: { newEmail: email }, also: [email] };
    await this.notices.notify(user, 'email_change_undone', context, transaction);
    await this.resetMails.sendAfterUndo(user, transaction);
    return ended;
  }

  /** Frees the email addresses that this and later changes set. @returns those that stay reserved */
  private async releaseLater(user: LockedUser, undo: EmailUndo, transaction?: ClientSession): Promise<FormerEmail[]> {
    const later = await this.undos.removeLater(undo, transaction);
    const current = user.email !== undefined && user.emailVerifiedAt ? [user.email] : [];
    const freed = [...later, ...current].map((email) => normalEmail(email)!);
    await this.addresses.release(user._id, freed, transaction);
    const restored = normalEmail(undo.email);
    return stillReserved(user).filter(({ address }) => ![...freed, restored].includes(normalEmail(address)));
  }
}

const stillReserved = ({ formerEmails = [] }: LockedUser): FormerEmail[] =>
  formerEmails.filter(({ until }) => until.getTime() > Date.now());
