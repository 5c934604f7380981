import { Inject, Injectable } from '@nestjs/common';
import { ObjectId, type ClientSession, type Collection } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { forEachBatch } from '../database/for-each-batch.js';
import { DatabaseService } from '../database/database.service.js';
import { afterCursor, MAX_JSON_BYTES_PER_CODE_UNIT, toPage, type Page, type PageQuery } from '../pagination/page.js';
import { LOG_EVENT_BY_AUDIT_TYPE } from './audit.log-events.js';
import { SecurityLoggerService, type EventOrigin } from '../logging/security-logger.service.js';
import { clientInfoOf } from '../net/client-info.js';
import type { AuditEvent, AuditEventType } from './audit.types.js';

/** Upper bound of an event's JSON without its user agent, in bytes. */
const FIXED_BYTES = 1_000;

export interface AuditSubject {
  userId?: ObjectId;
  /** Public ids: one event for each. */
  sessionIds?: string[];
}

/** The append-only audit log of accounts. Events are removed by age or with the account, and never changed. */
@Injectable()
export class AuditService {
  constructor(
    private readonly database: DatabaseService,
    private readonly securityLogger: SecurityLoggerService,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  private get events(): Collection<AuditEvent> {
    return this.database.collection<AuditEvent>('audit_events');
  }

  /** Stores and logs one event, or one per session if `sessionIds` is given: none for an empty list. */
  async record(
    origin: EventOrigin,
    type: AuditEventType,
    subject: AuditSubject,
    transaction?: ClientSession,
  ): Promise<void> {
    const { userId, sessionIds = [undefined] } = subject;
    const events = sessionIds.map((sessionId) => ({
      ...this.newEvent(origin, type),
      ...(userId && { userId }),
      ...(sessionId && { sessionId }),
    }));
    if (events.length === 0) return;
    await this.events.insertMany(events, { session: transaction });
    this.database.afterCommit(transaction, () => this.logEvents(origin, type, events));
  }

  /** Newest first. */
  async page<View>(
    userId: string,
    { limit, cursor }: PageQuery,
    view: (event: AuditEvent) => View,
  ): Promise<Page<View>> {
    const rows = await this.events
      .find({ userId: new ObjectId(userId), at: { $gt: this.oldest() }, ...afterCursor(cursor, 'at') })
      .sort({ at: -1, _id: -1 })
      .limit(limit + 1)
      .toArray();
    const maxBytes = ({ userAgent }: AuditEvent) => MAX_JSON_BYTES_PER_CODE_UNIT * userAgent.length + FIXED_BYTES;
    return toPage(rows, limit, { position: ({ at, _id: id }) => ({ at, id }), view, maxBytes });
  }

  /** A lowered AUDIT_RETENTION also applies to events that were stored with a longer one. */
  private oldest(): Date {
    return new Date(Date.now() - this.config.auditRetentionMs);
  }

  deleteForUser(userId: ObjectId): Promise<void> {
    return forEachBatch(this.events, { userId }, (batch) => this.events.deleteMany(batch));
  }

  private logEvents(
    origin: EventOrigin,
    type: AuditEventType,
    events: Pick<AuditEvent, 'userId' | 'sessionId'>[],
  ): void {
    for (const { userId, sessionId } of events) {
      const fields = { ...(userId && { userId: userId.toHexString() }), sessionId, reason: type };
      this.securityLogger.write(LOG_EVENT_BY_AUDIT_TYPE[type], origin, fields, type.replaceAll('_', ' '));
    }
  }

  private newEvent(origin: EventOrigin, type: AuditEventType): AuditEvent {
    const at = new Date();
    const expires = new Date(at.getTime() + this.config.auditRetentionMs);
    return { _id: new ObjectId(), at, type, ...clientInfoOf(origin), requestId: origin.id, expires };
  }
}
