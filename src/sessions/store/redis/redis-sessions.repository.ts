import { Inject, Injectable } from '@nestjs/common';
import type { ClientSession, ObjectId } from 'mongodb';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { APP_CONFIG, type AppConfig } from '../../../config/app.config.js';
import { DatabaseService } from '../../../database/database.service.js';
import { RedisService } from '../../../database/redis.service.js';
import type { RevocationReason } from '../../../errors/error-codes.js';
import { credentialVersionOf, type UserRecord } from '../../../users/user.schema.js';
import { TOMBSTONE_TTL_MS } from '../../policy/session.policy.js';
import type { SessionContents, SessionDocument, Tombstone } from '../../session.types.js';
import {
  SessionsRepository,
  type SessionRef,
  type SessionAge,
  type RevocationListener,
  type TouchFields,
} from '../sessions.repository.js';
import { decode, encode, millis, type Fields } from './redis-session.codec.js';
import { INSERT, LIST, REPLACE, REVOKE, TOUCH, UPDATE } from './redis-session.scripts.js';

const CHECK_NEEDED_MS = 500;

/**
 * Writes and lists sessions in Redis. Each write of a session is one script and therefore atomic. The writes of a MongoDB
 * transaction are sent right before its commit.
 */
@Injectable()
export class RedisSessionsRepository extends SessionsRepository {
  constructor(
    private readonly redis: RedisService,
    private readonly database: DatabaseService,
    @Inject(APP_CONFIG) { session }: AppConfig,
  ) {
    super(session);
  }

  async insert(session: SessionDocument, transaction?: ClientSession): Promise<void> {
    const keys = [this.key(session._id), this.userKey(session.userId), this.key('live')];
    await this.write(() => this.run(INSERT, keys, insertArguments(session)), transaction);
  }

  async update(id: string, session: SessionContents): Promise<void> {
    await this.run(UPDATE, [this.key(id)], [JSON.stringify(session)]);
  }

  async touch(id: string, { lastSeenAt, idleExpiresAt, expires }: TouchFields): Promise<void> {
    const times = [lastSeenAt, idleExpiresAt, expires].map(millis);
    await this.run(TOUCH, [this.key(id), this.key('live')], [id, ...times]);
  }

  async listActive(user: UserRecord): Promise<SessionDocument[]> {
    const version = credentialVersionOf(user);
    const stored = (await this.list(user._id)).filter(isSession);
    return this.withTimeouts(stored.filter(({ credentialVersion }) => credentialVersion === version));
  }

  async revoke(id: string, reason: RevocationReason, transaction?: ClientSession): Promise<SessionDocument | null> {
    const endOne = async (one: string) => (await this.revokeIds([one], reason))[0] ?? null;
    const ended = await this.write(
      () => this.revokeOrSuccessor(id, endOne, (one) => this.successorOf(one)),
      transaction,
    );
    return ended ?? null;
  }

  /** One script, so a revocation comes either before both writes or after both. */
  async replace(previous: SessionDocument, next: SessionDocument, transaction?: ClientSession): Promise<void> {
    const keys = [this.key(previous._id), this.key(next._id), this.userKey(next.userId), this.key('live')];
    await this.write(async () => {
      const now = Date.now();
      const tombstone = [previous._id, previous.publicId, String(now), String(now + TOMBSTONE_TTL_MS), this.channel];
      const ended = (await this.run(REPLACE, keys, [...tombstone, ...insertArguments(next)])) as string[];
      if (ended.length > 0) throw this.endedError((ended[0] || null) as RevocationReason | null);
    }, transaction);
  }

  async revokeByPublicId(
    userId: ObjectId,
    publicId: string,
    reason: RevocationReason,
  ): Promise<SessionDocument | null> {
    const own = (await this.list(userId)).find((entry) => entry.publicId === publicId);
    return own ? this.revoke(own._id, reason) : null;
  }

  async revokeAllOfDeletedUser(userId: ObjectId, transaction?: ClientSession): Promise<void> {
    await this.revokeMany((await this.list(userId)).filter(isSession), 'account_deleted', transaction);
    await this.write(() => this.redis.run((client) => client.del(this.userKey(userId))), transaction);
  }

  /** Tombstones in Redis do not contain the user's id. */
  async anonymizeTombstones(): Promise<void> {}

  countActive(): Promise<number> {
    return this.redis.run((client) => client.zCount(this.key('live'), `(${Date.now()}`, '+inf'));
  }

  /** Subscribes on a separate connection, which does not reconnect: the caller subscribes again. */
  async followRevocations(needed: () => boolean, listener: RevocationListener): Promise<boolean> {
    const subscriber = this.redis.subscriber();
    const interrupted = once(subscriber, 'error').then(([error]) => Promise.reject(error as Error));
    interrupted.catch(() => undefined);
    // An error without a listener would end the process.
    subscriber.on('error', () => undefined);
    try {
      await subscriber.connect();
      await subscriber.subscribe(this.channel, (id) => listener.revoked(id));
      await listener.opened();
      while (needed()) {
        await Promise.race([interrupted, delay(CHECK_NEEDED_MS, undefined, { ref: false })]);
        if (!subscriber.isReady) throw new Error('the subscription has ended');
      }
      return true;
    } finally {
      if (subscriber.isOpen) subscriber.destroy();
    }
  }

  protected listByAge(user: UserRecord): Promise<SessionAge[]> {
    return this.listActive(user);
  }

  protected async writeTombstones(
    sessions: SessionRef[],
    reason: RevocationReason,
    transaction?: ClientSession,
  ): Promise<SessionRef[]> {
    const ids = sessions.map(({ _id }) => _id);
    return (await this.write(() => this.revokeIds(ids, reason), transaction)) ?? sessions;
  }

  /** @returns undefined if the write waits for the commit */
  private async write<T>(write: () => Promise<T>, transaction?: ClientSession): Promise<T | undefined> {
    if (!transaction) return write();
    this.database.beforeCommit(transaction, write);
    return undefined;
  }

  private async revokeIds(ids: string[], reason: RevocationReason): Promise<SessionDocument[]> {
    const now = Date.now();
    const tombstone = [reason, String(now), String(now + TOMBSTONE_TTL_MS)];
    const args = [this.redis.prefix, ...tombstone, this.channel, ...ids];
    return found(await this.run(REVOKE, [this.key('live')], args)).filter(isSession);
  }

  /** All sessions, even those past a timeout, and tombstones with a successor. */
  private async list(userId: ObjectId): Promise<(SessionDocument | Tombstone)[]> {
    return found(await this.run(LIST, [this.userKey(userId)], [this.redis.prefix]));
  }

  private successorOf(id: string): Promise<string | null> {
    return this.redis.run((client) => client.hGet(this.key(id), 'successor'));
  }

  private run(script: string, keys: string[], args: string[]): Promise<unknown> {
    return this.redis.run((client) => client.eval(script, { keys, arguments: args }));
  }

  private userKey(userId: ObjectId): string {
    return this.key(`user:${userId.toHexString()}`);
  }

  private key(name: string): string {
    return `${this.redis.prefix}${name}`;
  }

  private get channel(): string {
    return this.key('revoked');
  }
}

/** @param reply of LIST or REVOKE: for each session its id, and alternately its fields and values */
function found(reply: unknown): (SessionDocument | Tombstone)[] {
  return (reply as [string, string[]][]).flatMap(([id, flat]) => decode(id, pairs(flat)) ?? []);
}

const isSession = (stored: SessionDocument | Tombstone): stored is SessionDocument => !('revokedAt' in stored);

/** The arguments of INSERT. */
function insertArguments({ _id, ...session }: SessionDocument): string[] {
  const { createdAt, idleExpiresAt, expires, absoluteExpiresAt } = session;
  const listUntil = String(absoluteExpiresAt.getTime() + TOMBSTONE_TTL_MS);
  const times = [millis(createdAt), millis(idleExpiresAt), millis(expires), listUntil, String(Date.now())];
  return [_id, ...times, ...encode(session)];
}

function pairs(flat: string[]): Fields {
  return Object.fromEntries(flat.flatMap((name, n) => (n % 2 === 0 ? [[name, flat[n + 1]!]] : [])));
}
