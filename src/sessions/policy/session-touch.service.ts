import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { APP_CONFIG, type AppConfig } from '../../config/app.config.js';
import { SessionCookie } from '../session.cookie.js';
import { deadlines, isTouchDue } from './session.policy.js';
import { SessionsRepository } from '../store/sessions.repository.js';

/** Records the use of a session and moves its idle deadline. At most one write per interval; no response waits for it. */
@Injectable()
export class SessionTouchService {
  private readonly logger = new Logger('SessionTouchService');
  private readonly inFlight = new Set<string>();

  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly repository: SessionsRepository,
    private readonly cookie: SessionCookie,
  ) {}

  touch(request: Request): void {
    const session = request.auth.session!;
    const now = Date.now();
    const lifetimes = session.remember ? this.config.session.long : this.config.session.short;
    if (!isTouchDue(session, now, this.config.session.touchIntervalMs, lifetimes)) return;
    const moved = deadlines(now, session.absoluteExpiresAt.getTime(), lifetimes);
    Object.assign(session, moved);
    this.cookie.refresh(request, session);
    this.write(session._id, moved);
  }

  private write(id: string, moved: ReturnType<typeof deadlines>): void {
    // Only one of several concurrent requests of a session writes.
    if (this.inFlight.has(id)) return;
    this.inFlight.add(id);
    this.repository
      .touch(id, moved)
      .catch((error: unknown) => this.logger.warn(`The use of a session could not be stored: ${String(error)}`))
      .finally(() => this.inFlight.delete(id));
  }
}
