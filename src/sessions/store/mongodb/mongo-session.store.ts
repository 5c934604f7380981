import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { MongoStore } from 'connect-mongo';
import type { Request } from 'express';
import type { Session, SessionData } from 'express-session';
import type { Connection } from 'mongoose';
import { hashSessionId } from '../session-id.js';
import {
  SessionStoreDelegate,
  type Callback,
  type GetCallback,
  type CheckedSession,
} from '../session-store.delegate.js';

/** connect-mongo with the guarantees of SessionStoreDelegate. */
@Injectable()
export class MongoSessionStore extends MongoStore {
  declare generate: (request: Request) => void;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly delegate: SessionStoreDelegate,
  ) {
    super({
      clientPromise: connection.asPromise().then(() => connection.getClient()),
      collectionName: 'sessions',
      stringify: false,
      autoRemove: 'disabled',
      transformId: hashSessionId,
    });
    // The first connection may fail; DatabaseService retries.
    this.collectionP.catch(() => undefined);
  }

  override get(secretId: string, done: GetCallback): void {
    this.delegate.get(secretId, done);
  }

  override createSession(request: Request, session: CheckedSession): Session & SessionData {
    this.delegate.attachToRequest(request, session);
    return super.createSession(request, session);
  }

  override regenerate(request: Request, done: Callback): void {
    this.delegate.regenerate(this, request, done);
  }

  override set(secretId: string, session: SessionData, done?: Callback): void {
    this.delegate.set(secretId, session, done);
  }

  /** Does nothing: SessionTouchService stores the use of a session, without delaying the response. */
  override touch(_secretId: string, _session: SessionData, done?: Callback): void {
    done?.();
  }

  override destroy(secretId: string, done?: Callback): void {
    this.delegate.destroy(secretId, done);
  }
}
