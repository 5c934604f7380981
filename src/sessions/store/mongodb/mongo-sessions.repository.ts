import { Inject, Injectable } from '@nestjs/common';
import { ObjectId, type ClientSession, type Collection, type Filter } from 'mongodb';
import { forEachBatch } from '../../../database/for-each-batch.js';
import { APP_CONFIG, type AppConfig } from '../../../config/app.config.js';
import { DatabaseService } from '../../../database/database.service.js';
import { IndexKeeperService } from '../../../database/index-keeper.service.js';
import { WRITE_CONCERN_W1 } from '../../../database/database.options.js';
import type { RevocationReason } from '../../../errors/error-codes.js';
import type { UserRecord } from '../../../users/user.schema.js';
import { TOMBSTONE_TTL_MS } from '../../policy/session.policy.js';
import type { SessionContents, SessionDocument } from '../../session.types.js';
import {
  SessionsRepository,
  type SessionRef,
  type SessionAge,
  type RevocationListener,
  type TouchFields,
} from '../sessions.repository.js';
import { CollectionLostError, followChanges } from './mongo-revocation-stream.js';
import { activeSessionsOf, NOT_REVOKED, tombstone, type Stored } from './mongo-stored-session.js';

/** All writes to the `sessions` collection. */
@Injectable()
export class MongoSessionsRepository extends SessionsRepository {
  constructor(
    private readonly database: DatabaseService,
    private readonly indexes: IndexKeeperService,
    @Inject(APP_CONFIG) { session }: AppConfig,
  ) {
    super(session);
  }

  private get sessions(): Collection<Stored> {
    return this.database.collection<Stored>('sessions');
  }

  async insert(session: SessionDocument, transaction?: ClientSession): Promise<void> {
    await this.sessions.insertOne(session, { session: transaction });
  }

  async update(id: string, session: SessionContents): Promise<void> {
    await this.sessions.updateOne({ _id: id, ...NOT_REVOKED }, { $set: { session } });
  }

  async touch(id: string, { lastSeenAt, idleExpiresAt, expires }: TouchFields): Promise<void> {
    const later = { $max: { lastSeenAt, idleExpiresAt, expires } };
    await this.sessions.updateOne({ _id: id, ...NOT_REVOKED }, later, WRITE_CONCERN_W1);
  }

  async listActive(user: UserRecord, transaction?: ClientSession): Promise<SessionDocument[]> {
    return this.withTimeouts(
      await this.sessions.find(activeSessionsOf(user), { session: transaction }).sort(NEWEST_FIRST).toArray(),
    );
  }

  revoke(id: string, reason: RevocationReason, transaction?: ClientSession): Promise<SessionDocument | null> {
    return this.revokeOrSuccessor(
      id,
      (_id) => this.revokeOne({ _id }, reason, transaction),
      async (_id) => (await this.tombstoneOf({ _id }, transaction))?.successor,
    );
  }

  /**
   * Inserts the successor first: on a standalone mongod a revocation may come between the two writes, and the successor must
   * not outlive it.
   */
  async replace(previous: SessionDocument, next: SessionDocument, transaction?: ClientSession): Promise<void> {
    await this.insert(next, transaction);
    if (await this.revokeOne({ _id: previous._id }, 'replaced', transaction, next._id)) return;
    await this.sessions.deleteOne({ _id: next._id }, { session: transaction });
    throw this.endedError((await this.tombstoneOf({ _id: previous._id }, transaction))?.reason);
  }

  async revokeByPublicId(
    userId: ObjectId,
    publicId: string,
    reason: RevocationReason,
  ): Promise<SessionDocument | null> {
    // Looks up the stored id first, so that the write reaches only one shard of a sharded collection.
    const session = await this.sessions.findOne({ publicId, userId }, { projection: { _id: 1 } });
    return session && this.revoke(session._id, reason);
  }

  async revokeAllOfDeletedUser(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    const options = { session: transaction };
    await this.sessions.updateMany({ userId, ...NOT_REVOKED }, tombstone('account_deleted'), options);
  }

  anonymizeTombstones(userId: ObjectId): Promise<void> {
    return forEachBatch(this.sessions, { userId }, (batch) =>
      this.sessions.updateMany(batch, { $unset: { userId: 1 } }),
    );
  }

  /** Recognizes active sessions by `expires`, which is later than that of any tombstone. */
  countActive(): Promise<number> {
    return this.sessions.countDocuments(
      { expires: { $gt: new Date(Date.now() + TOMBSTONE_TTL_MS) } },
      { maxTimeMS: 1_000 },
    );
  }

  /** Uses a change stream, which a standalone mongod does not have. Creates the indexes of a lost collection again. */
  async followRevocations(needed: () => boolean, listener: RevocationListener): Promise<boolean> {
    if (!this.database.isReplicaSet) return false;
    try {
      await followChanges(this.sessions, needed, listener);
      return true;
    } catch (error) {
      if (error instanceof CollectionLostError) await this.indexes.restore();
      throw error;
    }
  }

  private revokeOne(
    filter: Filter<Stored>,
    reason: RevocationReason,
    transaction?: ClientSession,
    successor?: string,
  ): Promise<SessionDocument | null> {
    return this.sessions.findOneAndUpdate({ ...filter, ...NOT_REVOKED }, tombstone(reason, { successor }), {
      returnDocument: 'before',
      session: transaction,
    });
  }

  private tombstoneOf(
    filter: Filter<Stored>,
    transaction?: ClientSession,
  ): Promise<Pick<Stored, 'reason' | 'successor'> | null> {
    return this.sessions.findOne(filter, { projection: { reason: 1, successor: 1 }, session: transaction });
  }

  protected async listByAge(user: UserRecord): Promise<SessionAge[]> {
    return this.withTimeouts(
      await this.sessions.find<SessionAge>(activeSessionsOf(user), AGE_FIELDS).sort(NEWEST_FIRST).toArray(),
    );
  }

  protected async writeTombstones(
    sessions: SessionRef[],
    reason: RevocationReason,
    transaction?: ClientSession,
  ): Promise<SessionRef[]> {
    const these = { _id: { $in: sessions.map(({ _id }) => _id) } };
    const ending = new ObjectId();
    const end = tombstone(reason, { ending });
    const options = { session: transaction };
    const { modifiedCount } = await this.sessions.updateMany({ ...these, ...NOT_REVOKED }, end, options);
    if (modifiedCount === sessions.length) return sessions;
    // Another request has revoked some of them.
    const ended = new Set(await this.sessions.distinct('_id', { ...these, ending }, options));
    return sessions.filter(({ _id }) => ended.has(_id));
  }
}

const AGE_FIELDS = {
  projection: { publicId: 1, remember: 1, createdAt: 1, lastSeenAt: 1, idleExpiresAt: 1, absoluteExpiresAt: 1 },
};
const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;
