import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { ClientSession, Collection, ObjectId } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { DatabaseService } from '../database/database.service.js';
import { deriveKeys, type DerivedKey } from '../keys/derived-keys.js';
import { MailSecretsService } from '../mail/mail-secrets.service.js';
import { MailerService } from '../mail/mailer.service.js';
import { OutboxService } from '../outbox/outbox.service.js';
import type { OutboxJob } from '../outbox/outbox.types.js';
import { RecipientRateLimiterService } from '../rate-limits/recipient-rate-limiter.service.js';
import { normalEmail } from '../users/email-address.js';
import { credentialVersionOf, type UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';
import { canonicalCode } from './email-code.js';

const KIND = 'email_code';
const MAX_TRIES = 5;

/** The current code of an account. */
export interface EmailCode {
  _id: ObjectId;
  /** Identifies this code: once another one has replaced it, its mail is not sent. */
  issue: string;
  /** The email address that the code verifies, as stored in the account. */
  email: string;
  /** HMAC-SHA-256: an attacker could brute-force a plain hash of 40 bits. */
  hash: string;
  /** The account's credential version when the code was made: a password change voids it. */
  credentialVersion: number;
  /** The number of codes that were typed, right or wrong. */
  tries: number;
  expires: Date;
}

interface CodePayload {
  issue: string;
}

/** Makes, mails and checks the codes that verify email addresses. */
@Injectable()
export class EmailCodesService implements OnModuleInit {
  private readonly keys: DerivedKey[];

  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly database: DatabaseService,
    private readonly secrets: MailSecretsService,
    private readonly outbox: OutboxService,
    private readonly mailer: MailerService,
    private readonly users: UsersService,
    private readonly limits: RecipientRateLimiterService,
  ) {
    const secretsOf = [...config.dataKeys.map(({ secret }) => secret), ...config.session.secrets];
    this.keys = deriveKeys(secretsOf, 'email-code/v1');
  }

  onModuleInit(): void {
    if (!this.config.mail) return;
    this.outbox.register<CodePayload>({ kind: KIND, deliver: (job, signal) => this.deliver(job, signal) });
  }

  private get codes(): Collection<EmailCode> {
    return this.database.collection<EmailCode>('email_codes');
  }

  /** Counts a code against MAIL_RATE_PER_RECIPIENT. Call before the transaction. @returns whether it may be mailed */
  count(userId: ObjectId, email: string): Promise<boolean> {
    return this.limits.takeCode(userId, normalEmail(email)!);
  }

  /**
   * Makes a code and queues its mail. Voids the previous code.
   * @param isAllowed the result of `count`: if false, nothing is mailed and a valid code for this email address stays valid
   * @returns when the valid code expires
   */
  async issue(user: UserRecord, email: string, isAllowed: boolean, transaction?: ClientSession): Promise<Date> {
    const expires = new Date(Date.now() + this.config.email.codeLifetimeMs);
    if (!isAllowed) return (await this.findValid(user, email, transaction))?.expires ?? expires;
    const { value, nonce, keyId } = this.secrets.create('code');
    const issue = randomUUID();
    const code = { issue, email, hash: this.hash(user._id, value), tries: 0, expires };
    const bound = { credentialVersion: credentialVersionOf(user) };
    await this.codes.replaceOne({ _id: user._id }, { ...code, ...bound }, { session: transaction, upsert: true });
    const job = { kind: KIND, payload: { issue }, userId: user._id, nonce, keyId, expiresAt: expires };
    await this.outbox.removeOf(user._id, [KIND], transaction);
    await this.outbox.enqueue<CodePayload>(job, transaction);
    return expires;
  }

  /**
   * Checks a typed code. Counts the try first, so that concurrent guesses get no more tries than consecutive ones.
   * @returns the stored code if the typed one matches it
   */
  async judge(user: UserRecord, typed: string): Promise<EmailCode | undefined> {
    const now = new Date();
    const valid = { _id: user._id, credentialVersion: credentialVersionOf(user), expires: { $gt: now } };
    const stored = await this.codes.findOneAndUpdate({ ...valid, tries: { $lt: MAX_TRIES } }, { $inc: { tries: 1 } });
    const code = canonicalCode(typed);
    const isRight = stored && code !== undefined && this.matches(user._id, code, stored.hash);
    return isRight ? stored : undefined;
  }

  /** @returns false if the code was used or replaced meanwhile */
  async consume({ _id, issue }: EmailCode, transaction?: ClientSession): Promise<boolean> {
    const { deletedCount } = await this.codes.deleteOne({ _id, issue }, { session: transaction });
    return deletedCount === 1;
  }

  /** Voids the code of an account and removes its mail from the outbox. */
  async removeOf(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.codes.deleteOne({ _id: userId }, { session: transaction });
    await this.outbox.removeOf(userId, [KIND], transaction);
  }

  private findValid(user: UserRecord, email: string, transaction?: ClientSession): Promise<EmailCode | null> {
    const bound = { credentialVersion: credentialVersionOf(user), email };
    const open = { tries: { $lt: MAX_TRIES }, expires: { $gt: new Date() } };
    return this.codes.findOne({ _id: user._id, ...bound, ...open }, { session: transaction });
  }

  private async deliver(job: OutboxJob<CodePayload>, signal: AbortSignal): Promise<void> {
    const _id = job.userId!;
    const { issue } = job.payload;
    const code = await this.codes.findOne({ _id, issue });
    const user = code && (await this.users.findById(_id));
    if (!user) return;
    const value = await this.secrets.of(job, 'code', async (renewed, transaction) => {
      await this.codes.updateOne({ _id, issue }, { $set: { hash: this.hash(_id, renewed) } }, { session: transaction });
    });
    const { verificationCodeMail } = await import('../mail/messages/verification-code.mail.js');
    const { appName, frontendUrl } = this.config;
    const link = `${frontendUrl}/verify-email#${value}`;
    const greeting = { appName, userName: user.username };
    const content = verificationCodeMail({ ...greeting, code: value, link, expiresAt: code.expires });
    await this.mailer.send({ id: job._id, to: code.email, content }, signal);
  }

  private hash(userId: ObjectId, code: string, key = this.keys[0]!): string {
    return createHmac('sha256', key.key).update(`${userId.toHexString()}:${code}`).digest('base64url');
  }

  private matches(userId: ObjectId, code: string, hash: string): boolean {
    const stored = Buffer.from(hash);
    const hashes = this.keys.map((key) => Buffer.from(this.hash(userId, code, key)));
    return hashes.some((candidate) => candidate.length === stored.length && timingSafeEqual(candidate, stored));
  }
}
