import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../../../config/app.config.js';
import { DatabaseService } from '../../../database/database.service.js';
import { PUBLIC_PROJECTION, type UserRecord } from '../../../users/user.schema.js';
import { SessionReader } from '../session.reader.js';
import type { SessionDocument, StoredSession, Tombstone } from '../../session.types.js';

/** Reads sessions and their users in one round trip. */
@Injectable()
export class MongoSessionReader extends SessionReader {
  constructor(
    private readonly database: DatabaseService,
    @Inject(APP_CONFIG) { session }: AppConfig,
  ) {
    super(session);
  }

  protected async find(ids: string[]): Promise<Map<string, StoredSession>> {
    const _id = ids.length === 1 ? ids[0]! : { $in: ids };
    const found = await this.database
      .collectionForReads<SessionDocument | Tombstone>('sessions')
      .aggregate<Joined>([{ $match: { _id } }, JOIN_USER])
      .toArray();
    return new Map(found.map((session) => [session._id, { ...session, user: session.user[0] }]));
  }
}

type Joined = (SessionDocument | Tombstone) & { user: UserRecord[] };

const JOIN_USER = {
  $lookup: {
    from: 'users',
    localField: 'userId',
    foreignField: '_id',
    pipeline: [{ $project: PUBLIC_PROJECTION }],
    as: 'user',
  },
};
