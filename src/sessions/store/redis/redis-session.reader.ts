import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../../../config/app.config.js';
import { DatabaseService } from '../../../database/database.service.js';
import { RedisService } from '../../../database/redis.service.js';
import { PUBLIC_PROJECTION, type UserRecord } from '../../../users/user.schema.js';
import { SessionReader } from '../session.reader.js';
import type { StoredSession } from '../../session.types.js';
import { decode } from './redis-session.codec.js';

/** Reads sessions in one round trip to Redis, then their users in one to MongoDB. */
@Injectable()
export class RedisSessionReader extends SessionReader {
  constructor(
    private readonly redis: RedisService,
    private readonly database: DatabaseService,
    @Inject(APP_CONFIG) { session }: AppConfig,
  ) {
    super(session);
  }

  protected async find(ids: string[]): Promise<Map<string, StoredSession>> {
    // The client sends commands of the same event loop iteration together.
    const { prefix } = this.redis;
    const hashes = await this.redis.run((client) => Promise.all(ids.map((id) => client.hGetAll(`${prefix}${id}`))));
    const stored = ids.flatMap((id, n) => decode(id, hashes[n]!) ?? []);
    const users = await this.usersOf(stored);
    return new Map(stored.map((session) => [session._id, { ...session, user: users.get(String(session.userId)) }]));
  }

  private async usersOf(stored: StoredSession[]): Promise<Map<string, UserRecord>> {
    const userIds = stored.flatMap(({ userId }) => userId ?? []);
    if (userIds.length === 0) return new Map();
    const users = await this.database
      .collection<UserRecord>('users')
      .find({ _id: { $in: userIds } }, { projection: PUBLIC_PROJECTION })
      .toArray();
    return new Map(users.map((user) => [user._id.toHexString(), user]));
  }
}
