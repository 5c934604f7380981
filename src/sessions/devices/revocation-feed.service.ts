import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { evaluateSession } from '../policy/session.policy.js';
import { SessionReader } from '../store/session.reader.js';
import type { ActiveSession, SessionError } from '../session.types.js';
import { SessionsRepository } from '../store/sessions.repository.js';

/** Polling interval without notifications: on a standalone mongod, or until a lost subscription is open again. */
const POLL_MS = 2_000;

/** Interval of the check that finds sessions removed without a notification, such as by FLUSHALL of Redis. */
const RECHECK_MS = 30_000;

/** Sessions read at the same time: thousands of reads would delay other requests. */
const CHECKED_AT_ONCE = 100;

/** Why a watched session has ended; `session_invalid` if nothing is stored any more. */
export type SessionEnded = SessionError | { code: 'session_invalid' };
export type SessionEndedListener = (ending: SessionEnded) => void;

/**
 * Notifies listeners at once when any process revokes their session. One subscription serves all sessions that this
 * process watches; it is open only while there are any. Polls on a standalone mongod, which has no notifications.
 */
@Injectable()
export class RevocationFeedService implements BeforeApplicationShutdown {
  private readonly logger = new Logger('RevocationFeedService');
  private readonly watched = new Map<string, Set<SessionEndedListener>>();
  private following = false;
  private stopped = false;

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly reader: SessionReader,
  ) {}

  /** The number of listeners for this session on this process. */
  count(id: string): number {
    return this.watched.get(id)?.size ?? 0;
  }

  /** @param id the stored id @returns a function that stops the watch */
  watch(id: string, listener: SessionEndedListener): () => void {
    const listeners = this.watched.get(id) ?? new Set();
    this.watched.set(id, listeners.add(listener));
    if (!this.following) void this.follow();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.watched.get(id) === listeners) this.watched.delete(id);
    };
  }

  /** Reads the session and notifies its listeners if it has ended. @returns the session, if it is active */
  async check(id: string): Promise<ActiveSession | undefined> {
    const stored = await this.reader.read(id);
    const result = stored ? evaluateSession(stored, Date.now()) : { rejected: { code: 'session_invalid' } as const };
    if ('active' in result) return result.active;
    for (const listener of this.watched.get(id) ?? []) listener(result.rejected);
    return undefined;
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
  }

  private get hasListeners(): boolean {
    return this.watched.size > 0 && !this.stopped;
  }

  /** At most one loop runs, however often listeners come and go. */
  private async follow(): Promise<void> {
    this.following = true;
    while (this.hasListeners) {
      if (!(await this.followRevocations())) await this.poll();
    }
    this.following = false;
  }

  private async followRevocations(): Promise<boolean> {
    const listener = {
      // Finds sessions that were revoked before the subscription was open.
      opened: () => this.checkAll(),
      // Not awaited: sessions that are revoked together are read together.
      revoked: (id: string) => {
        if (this.watched.has(id)) void this.logFailure(() => this.check(id));
      },
    };
    const recheck = setInterval(() => void this.checkAll(), RECHECK_MS).unref();
    try {
      return await this.sessions.followRevocations(() => this.hasListeners, listener);
    } catch (error) {
      if (!this.stopped) this.logger.warn(`The subscription to ended sessions was interrupted: ${String(error)}`);
      return this.stopped;
    } finally {
      clearInterval(recheck);
    }
  }

  private async poll(): Promise<void> {
    await this.checkAll();
    await delay(POLL_MS, undefined, { ref: false });
  }

  private checkAll(): Promise<void> {
    return this.logFailure(async () => {
      const ids = [...this.watched.keys()];
      while (ids.length > 0) await Promise.all(ids.splice(0, CHECKED_AT_ONCE).map((id) => this.check(id)));
    });
  }

  /** Logs a failed check. A later check reads the session again. */
  private async logFailure(check: () => Promise<unknown>): Promise<void> {
    try {
      await check();
    } catch (error) {
      this.logger.warn(`A watched session could not be read: ${String(error)}`);
    }
  }
}
