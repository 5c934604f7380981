import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { evaluateSession } from '../policy/session.policy.js';
import { SessionReader } from '../store/session.reader.js';
import type { ActiveSession, SessionError } from '../session.types.js';
import { SessionsRepository } from '../store/sessions.repository.js';

/** Where the store does not tell, and between two connections: how long an end can go unnoticed. */
const POLL_MS = 2_000;

/** While the store reports: sessions that vanished without a report, such as by FLUSHALL of Redis, are found by reading. */
const RECHECK_MS = 30_000;

/** Why a watched session is over; `session_invalid` when nothing is left of it. */
export type SessionEnded = SessionError | { code: 'session_invalid' };
export type SessionEndedListener = (ending: SessionEnded) => void;

/**
 * Tells at once when a session ends, on whichever process it was ended: one subscription for all sessions that are
 * watched here, open only while there are some. Where the store has none, on a standalone mongod, it polls.
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

  /** How many listeners there are for this session, on this process. */
  count(id: string): number {
    return this.watched.get(id)?.size ?? 0;
  }

  /** @param id the stored id @returns what stops the watch */
  watch(id: string, listener: SessionEndedListener): () => void {
    const listeners = this.watched.get(id) ?? new Set();
    this.watched.set(id, listeners.add(listener));
    if (!this.following) void this.follow();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.watched.get(id) === listeners) this.watched.delete(id);
    };
  }

  /** Reads the session, and tells its listeners if it has ended. @returns the session, if it is live */
  async check(id: string): Promise<ActiveSession | undefined> {
    const stored = await this.reader.read(id);
    const verdict = stored ? evaluateSession(stored, Date.now()) : { refused: { code: 'session_invalid' } as const };
    if ('live' in verdict) return verdict.live;
    for (const listener of this.watched.get(id) ?? []) listener(verdict.refused);
    return undefined;
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
  }

  private get hasListeners(): boolean {
    return this.watched.size > 0 && !this.stopped;
  }

  /** Never more than one, however often watchers come and go. */
  private async follow(): Promise<void> {
    this.following = true;
    while (this.hasListeners) {
      if (!(await this.followRevocations())) await this.poll();
    }
    this.following = false;
  }

  private async followRevocations(): Promise<boolean> {
    // What ended before it was open is found by reading.
    const listener = {
      opened: () => this.checkAll(),
      revoked: async (id: string) => {
        if (this.watched.has(id)) await this.logFailure(() => this.check(id));
      },
    };
    const recheck = setInterval(() => void this.checkAll(), RECHECK_MS).unref();
    try {
      return await this.sessions.followRevocations(() => this.hasListeners, listener);
    } catch (error) {
      if (!this.stopped) this.logger.warn(`The watch of ended sessions broke off: ${String(error)}`);
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
    return this.logFailure(() => Promise.all([...this.watched.keys()].map((id) => this.check(id))));
  }

  /** A read that fails is made up for by the next one; it is told once, however many fail with it. */
  private async logFailure(check: () => Promise<unknown>): Promise<void> {
    try {
      await check();
    } catch (error) {
      this.logger.warn(`A watched session could not be read: ${String(error)}`);
    }
  }
}
