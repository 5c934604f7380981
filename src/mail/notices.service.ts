import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, ObjectId } from 'mongodb';
import { AuditService } from '../audit/audit.service.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { OPERATOR } from '../logging/security-logger.service.js';
import { OutboxService } from '../outbox/outbox.service.js';
import type { NewJob, OutboxJob } from '../outbox/outbox.types.js';
import { clientInfoOf } from '../net/client-info.js';
import { deviceView } from '../sessions/devices/device.views.js';
import type { UserRecord } from '../users/user.schema.js';
import { MailSecretsService } from './mail-secrets.service.js';
import { MailerService } from './mailer.service.js';
import type { NoticeContext, NoticeInfo, NoticeKind, NoticePayload } from './notice.types.js';

const KIND = 'notice';
const LIFETIME_MS = 24 * 3_600_000;

/** Stores the hash of a new undo token, after the key of the old one was removed from the settings. */
type UndoRenewal = (id: ObjectId, value: string, transaction?: ClientSession) => Promise<void>;

/** Notifies owners by mail of what happened to their accounts. */
@Injectable()
export class NoticesService implements OnModuleInit {
  private renewUndo: UndoRenewal = () => Promise.reject(new Error('no module stores undo tokens'));

  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly outbox: OutboxService,
    private readonly audit: AuditService,
    private readonly secrets: MailSecretsService,
    private readonly mailer: MailerService,
  ) {}

  onModuleInit(): void {
    if (!this.config.mail) return;
    this.outbox.register<NoticePayload>({ kind: KIND, deliver: (job, signal) => this.deliver(job, signal) });
  }

  /** Call from `onModuleInit` of the module that stores undo tokens. */
  onUndoRenewed(store: UndoRenewal): void {
    this.renewUndo = store;
  }

  /** Whether a notice to this user has any recipient. Sends no database command. */
  reaches(user: UserRecord): boolean {
    return this.recipientsOf(user, {}).length > 0;
  }

  /**
   * Adds the event to the account's audit log and queues one mail per email address: the verified one, earlier ones that are
   * still reserved, and those in `context.also`.
   * @param user as read before the change
   * @param transaction of the change
   */
  async notify(user: UserRecord, kind: NoticeKind, context: NoticeContext, transaction?: ClientSession): Promise<void> {
    const { origin, sessionIds } = context;
    // The audit events of an account are deleted with it.
    if (kind !== 'account_deleted') {
      await this.audit.record(origin, kind, { userId: user._id, sessionIds }, transaction);
    }
    const jobs = this.recipientsOf(user, context).map((to) => this.jobFor(user, kind, context, to));
    await this.outbox.enqueueAll(jobs, transaction);
  }

  private recipientsOf(user: UserRecord, { also = [], undo }: Partial<NoticeContext>): string[] {
    if (!this.config.mail) return [];
    const own = user.email !== undefined && user.emailVerifiedAt ? [user.email] : [];
    const reserved = (user.formerEmails ?? []).filter(({ until }) => until.getTime() > Date.now());
    const notices = this.config.securityNotices ? [...own, ...reserved.map(({ address }) => address), ...also] : [];
    const all = [...(undo ? [undo.to] : []), ...notices];
    const normal = all.map((address) => address.toLowerCase());
    return all.filter((_, i) => normal.indexOf(normal[i]!) === i);
  }

  private jobFor(
    user: UserRecord,
    notice: NoticeKind,
    { origin, details = {}, undo }: NoticeContext,
    to: string,
  ): NewJob<NoticePayload> {
    const at = new Date();
    const { ip, userAgent } = clientInfoOf(origin);
    const by = { ip, device: deviceView(userAgent).label, byOperator: origin === OPERATOR };
    const payload = { notice, to, userName: user.username, at, ...by, details };
    if (undo?.to.toLowerCase() !== to.toLowerCase()) {
      return { kind: KIND, payload, expiresAt: new Date(at.getTime() + LIFETIME_MS) };
    }
    const { id, secret, expiresAt } = undo;
    const { nonce, keyId } = secret;
    return { kind: KIND, payload: { ...payload, undo: { id, expiresAt } }, nonce, keyId, expiresAt };
  }

  private async deliver(job: OutboxJob<NoticePayload>, signal: AbortSignal): Promise<void> {
    const { notice, to, undo, ...info } = job.payload;
    const { appName, frontendUrl } = this.config;
    const link = undo && { link: await this.undoLink(job, undo.id), expiresAt: undo.expiresAt };
    const { NOTICE_MAILS } = await import('./notice-mails.js');
    const all: NoticeInfo = { ...info, appName, frontendUrl, ...(link && { undo: link }) };
    await this.mailer.send({ id: job._id, to, content: NOTICE_MAILS[notice](all) }, signal);
  }

  private async undoLink(job: OutboxJob, id: ObjectId): Promise<string> {
    const token = await this.secrets.of(job, 'token', (value, transaction) => this.renewUndo(id, value, transaction));
    return `${this.config.frontendUrl}/undo-email-change#${token}`;
  }
}
