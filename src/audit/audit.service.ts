import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ObjectId, type ClientSession, type Collection } from 'mongodb';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { Database } from '../database/database.js';
import { after, type PageQuery } from '../pagination/page.js';
import { clientOf } from '../sessions/device.js';
import type { AuditEvent, AuditType } from './audit.types.js';

/** Where an event came from: a request, or an operator's command. */
type Origin = Request | typeof OPERATOR;

export const OPERATOR = { id: '', ip: '', headers: { 'user-agent': 'operator' } } as const;

export interface AuditSubject {
  userId?: ObjectId;
  /** Public ids: one event for each. */
  sessionIds?: string[];
}

/** The append-only history of accounts: written here, removed by age or with the account, changed never. */
@Injectable()
export class AuditService {
  constructor(
    private readonly database: Database,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  private get events(): Collection<AuditEvent> {
    return this.database.collection<AuditEvent>('audit_events');
  }

  /** Writes down what was done; nothing when there is a list of sessions and it is empty. */
  async record(origin: Origin, type: AuditType, subject: AuditSubject, transaction?: ClientSession): Promise<void> {
    const { userId, sessionIds = [undefined] } = subject;
    const events = sessionIds.map((sessionId) => ({
      ...this.newEvent(origin, type),
      ...(userId && { userId }),
      ...(sessionId && { sessionId }),
    }));
    if (events.length > 0) await this.events.insertMany(events, { session: transaction });
  }

  /** One more than asked for, where there is one more, newest first. */
  page(userId: string, { limit, cursor }: PageQuery): Promise<AuditEvent[]> {
    return this.events
      .find({ userId: new ObjectId(userId), ...after(cursor, 'at') })
      .sort({ at: -1, _id: -1 })
      .limit(limit + 1)
      .toArray();
  }

  async forget(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.events.deleteMany({ userId }, { session: transaction });
  }

  private newEvent(origin: Origin, type: AuditType): AuditEvent {
    const at = new Date();
    const expires = new Date(at.getTime() + this.config.auditRetentionMs);
    return { _id: new ObjectId(), at, type, ...clientOf(origin), requestId: origin.id, expires };
  }
}
