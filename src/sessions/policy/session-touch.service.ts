import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { APP_CONFIG, type AppConfig } from '../../config/app.config.js';
import { SessionCookie } from '../session.cookie.js';
import { deadlines, touchDue } from './session.policy.js';
import { SessionsRepository } from '../store/sessions.repository.js';

/** Keeps a session that is used from idling out: at most one write per interval, which no answer waits for. */
@Injectable()
export class SessionActivity {
  private readonly logger = new Logger('SessionActivity');
  private readonly underWay = new Set<string>();

  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly repository: SessionsRepository,
    private readonly cookie: SessionCookie,
  ) {}

  record(request: Request, response: Response): void {
    const session = request.liveSession!;
    const now = Date.now();
    const lifetimes = session.remember ? this.config.session.long : this.config.session.short;
    if (!touchDue(session, now, this.config.session.touchIntervalMs, lifetimes)) return;
    const moved = deadlines(now, session.absoluteExpiresAt.getTime(), lifetimes);
    Object.assign(session, moved);
    this.cookie.send(response, request.sessionID, session);
    this.write(session._id, moved);
  }

  private write(id: string, moved: ReturnType<typeof deadlines>): void {
    // Of several requests that find the same session due at once, one writes.
    if (this.underWay.has(id)) return;
    this.underWay.add(id);
    this.repository
      .touch(id, moved)
      .catch((error: unknown) => this.logger.warn(`A session's use could not be written down: ${String(error)}`))
      .finally(() => this.underWay.delete(id));
  }
}
