import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, ObjectId } from 'mongodb';
import type { AccountIdentifier } from '../auth/auth.schemas.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { LinkedIdentitiesRepository } from '../identities/linked-identities.repository.js';
import { MailSecretsService } from '../mail/mail-secrets.service.js';
import type { MailContent } from '../mail/mail-content.js';
import { MailerService } from '../mail/mailer.service.js';
import { OutboxService } from '../outbox/outbox.service.js';
import type { OutboxJob } from '../outbox/outbox.types.js';
import { RecipientRateLimiterService } from '../rate-limits/recipient-rate-limiter.service.js';
import { SecondFactorsRepository } from '../second-factor/second-factors.repository.js';
import { AddressesRepository } from '../users/addresses.repository.js';
import { normalEmail } from '../users/email-address.js';
import { secondFactorIsOn } from '../users/second-factor-state.js';
import { credentialVersionOf, type UserRecord } from '../users/user.schema.js';
import { canonicalUsername } from '../users/username.js';
import { UsersService, type UserWithHash } from '../users/users.service.js';
import { ResetTokensRepository } from './reset-tokens.repository.js';

/** The job of a request for a reset: caused by unauthenticated clients, for accounts that may not exist. */
const REQUESTED = 'password_reset';
/** The job of a reset that follows from undoing a change of the email address. */
const AFTER_UNDO = 'password_reset_link';

type RequestPayload = { username: string } | { email: string };

/** Mails links to reset a password. Requests are stored as jobs; accounts are looked up when the jobs are delivered. */
@Injectable()
export class ResetMailsService implements OnModuleInit {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly outbox: OutboxService,
    private readonly secrets: MailSecretsService,
    private readonly mailer: MailerService,
    private readonly users: UsersService,
    private readonly addresses: AddressesRepository,
    private readonly identities: LinkedIdentitiesRepository,
    private readonly secondFactors: SecondFactorsRepository,
    private readonly limits: RecipientRateLimiterService,
    private readonly tokens: ResetTokensRepository,
  ) {}

  onModuleInit(): void {
    if (!this.config.mail) return;
    this.outbox.register<RequestPayload>({
      kind: REQUESTED,
      bounded: true,
      deliver: (job, signal) => this.deliverRequested(job, signal),
    });
    this.outbox.register<null>({ kind: AFTER_UNDO, deliver: (job, signal) => this.deliverAfterUndo(job, signal) });
  }

  /** Stores one job without looking up the account, so that response and timing do not depend on whether it exists. */
  async request({ username, email }: AccountIdentifier): Promise<void> {
    const payload =
      username === undefined ? { email: normalEmail(email!)! } : { username: canonicalUsername(username) };
    await this.outbox.enqueue<RequestPayload>({ kind: REQUESTED, payload, ...this.secret() });
  }

  /** Queues the mail for an account whose change of the email address was undone. No rate limit applies. */
  async sendAfterUndo({ _id: userId }: Pick<UserRecord, '_id'>, transaction?: ClientSession): Promise<void> {
    await this.outbox.enqueue<null>({ kind: AFTER_UNDO, payload: null, userId, ...this.secret() }, transaction);
  }

  /** Removes the waiting jobs of an account that is deleted. */
  async removeOf({ _id, username, email, emailVerifiedAt }: UserRecord, transaction?: ClientSession): Promise<void> {
    // An unverified address may be verified for another account, whose jobs must stay.
    const addresses = emailVerifiedAt ? [{ email: normalEmail(email!)! }] : [];
    await this.outbox.removeOf(_id, [AFTER_UNDO], transaction);
    await this.outbox.removePayloads(REQUESTED, [{ username }, ...addresses], transaction);
  }

  private secret() {
    const { nonce, keyId } = this.secrets.create('token');
    return { nonce, keyId, expiresAt: new Date(Date.now() + this.config.passwordReset.lifetimeMs) };
  }

  private async deliverRequested(job: OutboxJob<RequestPayload>, signal: AbortSignal): Promise<void> {
    const user = await this.find(job.payload);
    if (!user || !isReachable(user)) return;
    // A retry is the same reset and counts once.
    if (job.attempts === 1 && !(await this.limits.takeReset(user._id))) return;
    await this.deliver(job, user, signal);
  }

  private async deliverAfterUndo(job: OutboxJob<null>, signal: AbortSignal): Promise<void> {
    const user = await this.users.findByIdWithHash(job.userId!);
    if (user && isReachable(user)) await this.deliver(job, user, signal);
  }

  private find(payload: RequestPayload): Promise<UserWithHash | null> {
    return 'email' in payload
      ? this.addresses.findUserWithHash(payload.email)
      : this.users.findWithHash(payload.username);
  }

  private async deliver(job: OutboxJob, user: UserWithHash & { email: string }, signal: AbortSignal): Promise<void> {
    const content = await this.contentFor(job, user);
    if (content) await this.mailer.send({ id: job._id, to: user.email, content }, signal);
  }

  /** @returns undefined if the link was used or voided since an earlier attempt, or if the account was deleted */
  private async contentFor(job: OutboxJob, user: UserWithHash): Promise<MailContent | undefined> {
    const afterUndo = job.kind === AFTER_UNDO;
    const greeting = { appName: this.config.appName, userName: user.username };
    const needsSavedFactor = user.passwordHash === undefined;
    if (needsSavedFactor && !(await this.hasRecoveryCodes(user._id))) {
      const { passwordlessResetMail } = await import('../mail/messages/passwordless-reset.mail.js');
      return passwordlessResetMail({ ...greeting, ways: await this.waysToSignIn(user), afterUndo });
    }
    const token = await this.secrets.of(job, 'token', (value, transaction) =>
      this.tokens.renew(job._id, value, transaction),
    );
    const { _id, expiresAt: expires } = job;
    const bound = { userId: user._id, credentialVersion: credentialVersionOf(user) };
    if (!(await this.tokens.store(token, { _id, ...bound, needsSavedFactor, expires }))) return undefined;
    // The account may have been deleted since it was read: then its new token has to be deleted as well.
    if (!(await this.users.exists(user._id))) {
      await this.tokens.removeOf(user._id);
      return undefined;
    }
    const { passwordResetLinkMail } = await import('../mail/messages/password-reset-link.mail.js');
    const secondFactor = needsSavedFactor || secondFactorIsOn(user, this.config);
    return passwordResetLinkMail({
      ...greeting,
      link: this.linkOf(token),
      expiresAt: expires,
      secondFactor,
      afterUndo,
    });
  }

  linkOf(token: string): string {
    return `${this.config.frontendUrl}/reset-password#${token}`;
  }

  private async hasRecoveryCodes(userId: ObjectId): Promise<boolean> {
    const stored = await this.secondFactors.find(userId);
    return (stored?.recoveryCodes?.hashes.length ?? 0) > 0;
  }

  private async waysToSignIn({ _id, passkeyCount = 0 }: UserRecord): Promise<string[]> {
    const { identities } = await this.identities.signInMethods(_id);
    return [...identities.map(({ provider }) => provider), ...(passkeyCount > 0 ? ['a passkey'] : [])];
  }
}

const isReachable = (user: UserWithHash): user is UserWithHash & { email: string } =>
  user.email !== undefined && user.emailVerifiedAt !== undefined;
