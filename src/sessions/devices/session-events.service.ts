import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AppError } from '../../errors/app.error.js';
import { ShutdownStateService } from '../../shutdown/shutdown-state.service.js';
import { networkOf } from '../../net/ip-address.js';
import { OpenStreams, type StreamOwner } from './open-streams.js';
import { RevocationFeedService, type SessionEnded } from './revocation-feed.service.js';
import type { ActiveSession, SignedInRequest } from '../session.types.js';

/** Proxies close connections that are silent, usually after a minute. */
const HEARTBEAT_MS = 20_000;
const FULL_RETRY_SECONDS = 30;
/** After a read at a deadline that failed. */
const RETRY_MS = 1_000;
/** setTimeout takes no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Proxies must neither buffer nor compress: both hold events back. */
const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** Server-sent events of one's own session. There is one: `session_ended`, with `{code, reason?}`; then the end. */
@Injectable()
export class SessionEventsService {
  private readonly streams = new OpenStreams();

  constructor(
    private readonly feed: RevocationFeedService,
    private readonly shutdown: ShutdownStateService,
  ) {}

  /** @throws {AppError} rate_limited, when the session, the account or the IP address has too many streams open; shutting_down */
  open(request: SignedInRequest, response: Response): void {
    if (this.shutdown.stopping) throw new AppError('shutting_down');
    const owner = ownerOf(request);
    if (!this.streams.hasRoom(owner)) throw new AppError('rate_limited', { retryAfterSeconds: FULL_RETRY_SECONDS });
    response.writeHead(200, STREAM_HEADERS);
    if (request.method === 'HEAD') response.end();
    // A client that went away while the session was read does not close the response once more.
    else if (!response.destroyed) this.stream(request.auth.session, owner, response);
  }

  private stream(session: ActiveSession, owner: StreamOwner, response: Response): void {
    // Several may come at once: a deadline, a revocation, the stop of the process.
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
    // What ended between the guard's read and the watch is found by reading once more.
    void this.feed.check(session._id).catch(end);
  }

  /** Other requests may have moved the idle deadline meanwhile, so the session is read, and the next one waited for. */
  private checkAtDeadlines(session: ActiveSession): () => void {
    let timer: NodeJS.Timeout;
    let stopped = false;
    const wait = (milliseconds: number): void => {
      if (!stopped) timer = setTimeout(() => void check(), Math.min(milliseconds, LONGEST_TIMER_MS));
    };
    const check = async (): Promise<void> => {
      try {
        const live = await this.feed.check(session._id);
        if (live) wait(untilDeadline(live));
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

/** A client that has not even taken the last one is gone, whatever its connection says. */
function beat(response: Response): void {
  if (response.writableLength > 0) response.destroy();
  else response.write(': heartbeat\n\n');
}

/** The idle deadline is never after the absolute one. One millisecond more: at the deadline itself it is over. */
function untilDeadline({ idleExpiresAt }: ActiveSession): number {
  return Math.max(0, idleExpiresAt.getTime() - Date.now()) + 1;
}

function formatSessionEnded(ending: SessionEnded): string {
  return `event: session_ended\ndata: ${JSON.stringify(ending)}\n\n`;
}
