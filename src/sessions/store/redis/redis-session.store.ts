import { Injectable } from '@nestjs/common';
import { RedisStore } from 'connect-redis';
import type { Request } from 'express';
import type { Session, SessionData } from 'express-session';
import { RedisService } from '../../../database/redis.service.js';
import {
  SessionStoreDelegate,
  type Callback,
  type GetCallback,
  type CheckedSession,
} from '../session-store.delegate.js';

/** connect-redis with the guarantees of SessionStoreDelegate. */
@Injectable()
export class RedisSessionStore extends RedisStore {
  declare generate: (request: Request) => void;

  constructor(
    redis: RedisService,
    private readonly delegate: SessionStoreDelegate,
  ) {
    super({ client: redis.client, prefix: redis.prefix });
  }

  override async get(secretId: string, done: GetCallback): Promise<void> {
    this.delegate.get(secretId, done);
  }

  override createSession(request: Request, session: CheckedSession): Session & SessionData {
    this.delegate.attachToRequest(request, session);
    return super.createSession(request, session);
  }

  override regenerate(request: Request, done: Callback): void {
    this.delegate.regenerate(this, request, done);
  }

  override async set(secretId: string, session: SessionData, done?: Callback): Promise<void> {
    this.delegate.set(secretId, session, done);
  }

  /** Does nothing: SessionTouchService stores the use of a session, without delaying the response. */
  override async touch(_secretId: string, _session: SessionData, done?: Callback): Promise<void> {
    done?.();
  }

  override async destroy(secretId: string, done?: Callback): Promise<void> {
    this.delegate.destroy(secretId, done);
  }
}
