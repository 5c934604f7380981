import { Injectable } from '@nestjs/common';
import { RedisStore } from 'connect-redis';
import type { Request } from 'express';
import type { Session, SessionData } from 'express-session';
import { Redis } from '../../../database/redis.service.js';
import { SessionStoreRules, type Done, type Found, type Judged } from '../session-store.delegate.js';

/** connect-redis, held to the rules. */
@Injectable()
export class RedisSessionStore extends RedisStore {
  declare generate: (request: Request) => void;

  constructor(
    redis: Redis,
    private readonly rules: SessionStoreRules,
  ) {
    super({ client: redis.client, prefix: redis.prefix });
  }

  override async get(secretId: string, done: Found): Promise<void> {
    this.rules.get(secretId, done);
  }

  override createSession(request: Request, session: Judged): Session & SessionData {
    this.rules.attach(request, session);
    return super.createSession(request, session);
  }

  override regenerate(request: Request, done: Done): void {
    this.rules.regenerate(this, request, done);
  }

  override async set(secretId: string, session: SessionData, done?: Done): Promise<void> {
    this.rules.set(secretId, session, done);
  }

  /** Nothing: SessionActivity writes down the use of a session, off the answer's path. */
  override async touch(_secretId: string, _session: SessionData, done?: Done): Promise<void> {
    done?.();
  }

  override async destroy(secretId: string, done?: Done): Promise<void> {
    this.rules.destroy(secretId, done);
  }
}
