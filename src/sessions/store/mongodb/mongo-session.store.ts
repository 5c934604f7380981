import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { MongoStore } from 'connect-mongo';
import type { Request } from 'express';
import type { Session, SessionData } from 'express-session';
import type { Connection } from 'mongoose';
import { hashSessionId } from '../session-id.js';
import { SessionStoreRules, type Done, type Found, type Judged } from '../session-store.delegate.js';

/** connect-mongo, held to the rules. */
@Injectable()
export class MongoSessionStore extends MongoStore {
  declare generate: (request: Request) => void;

  constructor(
    @InjectConnection() connection: Connection,
    private readonly rules: SessionStoreRules,
  ) {
    super({
      clientPromise: connection.asPromise().then(() => connection.getClient()),
      collectionName: 'sessions',
      stringify: false,
      autoRemove: 'disabled',
      transformId: hashSessionId,
    });
    // The first connection may fail; Database goes on trying.
    this.collectionP.catch(() => undefined);
  }

  override get(secretId: string, done: Found): void {
    this.rules.get(secretId, done);
  }

  override createSession(request: Request, session: Judged): Session & SessionData {
    this.rules.attach(request, session);
    return super.createSession(request, session);
  }

  override regenerate(request: Request, done: Done): void {
    this.rules.regenerate(this, request, done);
  }

  override set(secretId: string, session: SessionData, done?: Done): void {
    this.rules.set(secretId, session, done);
  }

  /** Nothing: SessionActivity writes down the use of a session, off the answer's path. */
  override touch(_secretId: string, _session: SessionData, done?: Done): void {
    done?.();
  }

  override destroy(secretId: string, done?: Done): void {
    this.rules.destroy(secretId, done);
  }
}
