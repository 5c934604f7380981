import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AuditService } from '../audit/audit.service.js';
import { SessionCap } from '../sessions/policy/session-limit.service.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import type { LiveSession } from '../sessions/session.types.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';
import type { UserRecord } from '../users/user.schema.js';
import { userView } from '../users/users.views.js';
import { DeviceCookie } from './device.cookie.js';

/** Passport's logIn: stores a session with a new id, made of `request.signIn`. @returns that session */
export function logIn(request: Request, user: Express.User): Promise<LiveSession> {
  return new Promise((resolve, reject) => {
    request.logIn(user, (error: unknown) => (error ? reject(error) : resolve(request.liveSession!)));
  });
}

/** What happens to sessions once somebody has proved who they are. */
@Injectable()
export class SignInService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly cap: SessionCap,
    private readonly cookie: SessionCookie,
    private readonly devices: DeviceCookie,
    private readonly audit: AuditService,
  ) {}

  /**
   * A new session, a device cookie, and a line in the account's history.
   * @param endSession public id of an own session to end first, chosen by a client that met the cap
   * @param store stores the session: passport's logIn
   * @throws {AppError} session_limit_reached
   */
  async complete(request: Request, endSession: string | undefined, store: () => Promise<unknown>): Promise<void> {
    const { user } = request.signIn!;
    if (endSession !== undefined) await this.endFirst(request, user, endSession);
    await this.cap.admit(request, user, store);
    this.cookie.issue(request);
    this.devices.issue(request, user);
    await this.audit.record(request, 'signed_in', { userId: user._id, sessionIds: [request.liveSession!.publicId] });
  }

  /**
   * Gives the session of the request a new id and new deadlines; the old id ends as `replaced`. Ends up in the
   * request's transaction, if it has one.
   * @param proved how the user has just proved who they are, beside what the session knows already; RFC 8176
   * @returns the session as it is from now on
   * @throws {AppError} session_revoked, session_invalid: it has ended while the request was under way
   */
  async renew(request: Request, user: UserRecord, proved: string[]): Promise<LiveSession> {
    const replaces = request.liveSession!;
    const { remember, amr } = replaces;
    // A sign-in would end it as a session of its own; here the store ends it together with the insert of the new one.
    request.liveSession = undefined;
    request.signIn = { user, remember, replaces, amr: [...new Set([...amr, ...proved])] };
    return logIn(request, userView(user));
  }

  private async endFirst(request: Request, user: UserRecord, publicId: string): Promise<void> {
    const ended = await this.sessions.revokeOwn(user._id, publicId, 'revoked');
    if (!ended) return;
    // It may be the very one that this request came with.
    if (ended._id === request.liveSession?._id) request.liveSession = undefined;
    await this.audit.record(request, 'session_revoked', { userId: user._id, sessionIds: [ended.publicId] });
  }
}
