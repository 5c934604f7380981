import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AppError } from '../../errors/app.error.js';
import { ShutdownStateService } from '../../shutdown/shutdown-state.service.js';
import { networkOf } from '../../net/ip-address.js';
import { OpenStreams, type StreamOwner } from './open-streams.js';
import { RevocationFeedService, type SessionEnded } from './revocation-feed.service.js';
import type { ActiveSession, SignedInRequest } from '../session.types.js';

/** Proxies close silent connections, usually after a minute. */
const HEARTBEAT_MS = 20_000;
const FULL_RETRY_SECONDS = 30;
/** Delay after a failed read at a deadline. */
const RETRY_MS = 1_000;
/** The longest delay that setTimeout supports. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Keep proxies from buffering or compressing the stream: both delay events. */
const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/**
 * Server-sent events of the current session: one event, `session_ended` with `{code, reason?}`, then the stream ends.
 * Nest's `@Sse()` sends no heartbeats: the stream of a client that has vanished would stay open until the next event.
 */
@Injectable()
export class SessionEventsService {
  private readonly streams = new OpenStreams();

  constructor(
    private readonly feed: RevocationFeedService,
    private readonly shutdown: ShutdownStateService,
  ) {}

  /** @throws {AppError} rate_limited, if the session, account or IP address has too many open streams; shutting_down */
  open(request: SignedInRequest, response: Response): void {
    if (this.shutdown.stopping) throw new AppError('shutting_down');
    const owner = ownerOf(request);
    if (!this.streams.hasRoom(owner)) throw new AppError('rate_limited', { retryAfterSeconds: FULL_RETRY_SECONDS });
    response.writeHead(200, STREAM_HEADERS);
    if (request.method === 'HEAD') response.end();
    // If the client disconnected while the guard read the session, `close` was emitted before this line.
    else if (!response.destroyed) this.stream(request.auth.session, owner, response);
  }

  private stream(session: ActiveSession, owner: StreamOwner, response: Response): void {
    // A deadline, a revocation and the shutdown can coincide.
    const finish = (last?: string): void => {
      if (!response.writableEnded) response.end(last);
    };
    const end = (): void => finish();
    const stopCounting = this.streams.add(owner);
    const stopWatching = this.feed.watch(session._id, (ending) => finish(formatSessionEnded(ending)));
    const stopWaiting = this.checkAtDeadlines(session);
    const heartbeat = setInterval(() => beat(response), HEARTBEAT_MS);
    this.shutdown.signal.addEventListener('abort', end);
    response.once('close', () => {
      stopCounting();
      stopWatching();
      stopWaiting();
      clearInterval(heartbeat);
      this.shutdown.signal.removeEventListener('abort', end);
    });
    response.write(': connected\n\n');
    // Finds a session that ended between the guard's read and the start of the watch.
    void this.feed.check(session._id).catch(end);
  }

  /** Reads the session at its deadline. If another request has moved the deadline, waits for the new one. */
  private checkAtDeadlines(session: ActiveSession): () => void {
    let timer: NodeJS.Timeout;
    let stopped = false;
    const wait = (milliseconds: number): void => {
      if (!stopped) timer = setTimeout(() => void check(), Math.min(milliseconds, LONGEST_TIMER_MS));
    };
    const check = async (): Promise<void> => {
      try {
        const active = await this.feed.check(session._id);
        if (active) wait(untilDeadline(active));
      } catch {
        wait(RETRY_MS);
      }
    };
    wait(untilDeadline(session));
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }
}

function ownerOf({
  auth: {
    session: { _id, userId },
  },
  ip = '',
}: SignedInRequest): StreamOwner {
  return { session: _id, account: userId.toHexString(), ip: networkOf(ip) ?? '' };
}

/** A client that has not read the previous heartbeat counts as gone, even if its connection is open. */
function beat(response: Response): void {
  if (response.writableLength > 0) response.destroy();
  else response.write(': heartbeat\n\n');
}

/** Milliseconds until just after the idle deadline, which is never later than the absolute one: the session has ended then. */
function untilDeadline({ idleExpiresAt }: ActiveSession): number {
  return Math.max(0, idleExpiresAt.getTime() - Date.now()) + 1;
}

function formatSessionEnded(ending: SessionEnded): string {
  return `event: session_ended\ndata: ${JSON.stringify(ending)}\n\n`;
}
