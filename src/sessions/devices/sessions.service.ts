import { Injectable } from '@nestjs/common';
import { AuditService } from '../../audit/audit.service.js';
import type { ActiveSession, SessionDocument, SignedInRequest } from '../session.types.js';
import { SessionsRepository } from '../store/sessions.repository.js';

/** Lists and revokes the sessions of the signed-in user. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly audit: AuditService,
  ) {}

  /** Active sessions of the user, the most recently used first. */
  async list(current: ActiveSession): Promise<SessionDocument[]> {
    const stored = await this.sessions.listActive(current.user);
    // The touch by this request is stored later, so the request's copy of the current session is newer.
    const active = stored.map((session) => (session._id === current._id ? current : session));
    return active.sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime());
  }

  /**
   * Revokes one of the user's sessions, or its successor. An unknown id or an id of another user changes nothing.
   * @returns whether the session of this request has ended
   */
  async revoke(request: SignedInRequest, publicId: string): Promise<boolean> {
    const { _id, userId } = request.auth.session;
    const ended = await this.sessions.revokeByPublicId(userId, publicId, 'revoked');
    if (ended) await this.audit.record(request, 'session_revoked', { userId, sessionIds: [ended.publicId] });
    return publicId === request.auth.session.publicId || ended?._id === _id;
  }

  /** @returns the number of revoked sessions */
  async revokeAll(request: SignedInRequest, { exceptCurrent }: { exceptCurrent: boolean }): Promise<number> {
    const { user, _id } = request.auth.session;
    const ended = await this.sessions.revokeAll(user, 'revoked', { except: exceptCurrent ? _id : undefined });
    await this.audit.record(request, 'session_revoked', { userId: user._id, sessionIds: ended });
    return ended.length;
  }
}
