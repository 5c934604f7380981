import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { ObjectId, type ClientSession, type Collection, type Filter, type UpdateFilter } from 'mongodb';
import { DatabaseService } from '../database/database.service.js';
import { DEAD_LETTER_MS, LEASE_MS } from './outbox.schedule.js';
import type { NewJob, OutboxJob } from './outbox.types.js';

/** A job that this process holds the lease of. */
export type ClaimedJob<P = unknown> = OutboxJob<P> & { leaseId: string };

/** `new`: jobs that were never attempted; `all`: retries too. */
export type DueJobs = 'new' | 'all';

const EARLIEST = new Date(0);

/** The `outbox` collection. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly database: DatabaseService) {}

  private get jobs(): Collection<OutboxJob> {
    return this.database.collection<OutboxJob>('outbox');
  }

  async insert(jobs: NewJob[], transaction?: ClientSession): Promise<void> {
    const now = new Date();
    const documents = jobs.map((job) => ({
      _id: new ObjectId(),
      ...job,
      attempts: 0,
      nextAt: now,
      createdAt: now,
      removeAt: new Date(job.expiresAt.getTime() + DEAD_LETTER_MS),
    }));
    await this.jobs.insertMany(documents, { session: transaction });
  }

  /** @returns the number of waiting jobs of a kind, at most `limit` */
  countWaiting(kind: string, limit: number): Promise<number> {
    return this.jobs.countDocuments({ kind, nextAt: { $gte: EARLIEST } }, { limit });
  }

  /** @returns the kinds with a job that can be claimed now */
  async kindsDue(kinds: string[], which: DueJobs): Promise<string[]> {
    return this.jobs.distinct('kind', { kind: { $in: kinds }, ...due(which) });
  }

  /** Leases the job of the kind that has been due for the longest time. */
  async claim(kind: string, which: DueJobs): Promise<ClaimedJob | null> {
    const leaseId = randomBytes(12).toString('base64url');
    const lease = { $set: { leaseId, nextAt: new Date(Date.now() + LEASE_MS) }, $inc: { attempts: 1 } };
    const job = await this.jobs.findOneAndUpdate({ kind, ...due(which) }, lease, {
      sort: { nextAt: 1 },
      returnDocument: 'after',
    });
    return job && { ...job, leaseId };
  }

  /** Deletes a delivered job. @returns false if the lease was lost */
  async remove({ _id, leaseId }: ClaimedJob): Promise<boolean> {
    const { deletedCount } = await this.jobs.deleteOne({ _id, leaseId });
    return deletedCount === 1;
  }

  /** Ends the lease; the job can be claimed again from `nextAt` on. @returns false if the lease was lost */
  retry(job: ClaimedJob, nextAt: Date, lastFailure: string): Promise<boolean> {
    return this.update(job, { $set: { nextAt, lastFailure }, $unset: { leaseId: 1 } });
  }

  /** Ends the lease of an aborted attempt, which does not count. */
  release(job: ClaimedJob): Promise<boolean> {
    return this.update(job, { $set: { nextAt: new Date() }, $unset: { leaseId: 1 }, $inc: { attempts: -1 } });
  }

  /**
   * Makes the job a dead letter, and removes the nonce that its secret was derived from.
   * @param keepPayload false for input of unauthenticated clients
   */
  bury(job: ClaimedJob, lastFailure: string, keepPayload: boolean): Promise<boolean> {
    const deadAt = new Date();
    const removeAt = new Date(deadAt.getTime() + DEAD_LETTER_MS);
    return this.update(job, {
      $set: { deadAt, removeAt, lastFailure, ...(!keepPayload && { payload: null }) },
      $unset: { nextAt: 1, leaseId: 1, nonce: 1, keyId: 1 },
    });
  }

  /** Replaces a nonce whose key was removed from the settings. */
  async renewNonce(
    { _id }: Pick<OutboxJob, '_id'>,
    fresh: Required<Pick<OutboxJob, 'nonce' | 'keyId'>>,
    transaction?: ClientSession,
  ): Promise<void> {
    await this.jobs.updateOne({ _id }, { $set: fresh }, { session: transaction });
  }

  async removeOf(userId: ObjectId, kinds: string[], transaction?: ClientSession): Promise<void> {
    await this.jobs.deleteMany({ userId, kind: { $in: kinds } }, { session: transaction });
  }

  /** Removes the jobs of a kind that have one of these payloads. */
  async removePayloads(kind: string, payloads: object[], transaction?: ClientSession): Promise<void> {
    if (payloads.length === 0) return;
    await this.jobs.deleteMany({ kind, payload: { $in: payloads } }, { session: transaction });
  }

  /** @returns the creation time of the oldest waiting job of each kind */
  async oldestWaiting(): Promise<Map<string, Date>> {
    const rows = await this.jobs
      .aggregate<{ _id: string; oldest: Date }>([
        { $match: { nextAt: { $gte: EARLIEST } } },
        { $group: { _id: '$kind', oldest: { $min: '$createdAt' } } },
      ])
      .toArray();
    return new Map(rows.map(({ _id, oldest }) => [_id, oldest]));
  }

  /** Waiting jobs and dead letters, newest first. */
  list(limit: number): Promise<OutboxJob[]> {
    return this.jobs.find().sort({ _id: -1 }).limit(limit).toArray();
  }

  private async update({ _id, leaseId }: ClaimedJob, change: UpdateFilter<OutboxJob>): Promise<boolean> {
    const { matchedCount } = await this.jobs.updateOne({ _id, leaseId }, change);
    return matchedCount === 1;
  }
}

function due(which: DueJobs): Filter<OutboxJob> {
  return { nextAt: { $lte: new Date() }, ...(which === 'new' && { attempts: 0 }) };
}
