import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AuditService } from '../audit/audit.service.js';
import { hashSessionId } from '../sessions/store/session-id.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';

@Injectable()
export class SignOutService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly cookie: SessionCookie,
    private readonly audit: AuditService,
  ) {}

  /**
   * Ends the session of the request's cookie, and of each other one where there are several: one write, no read before it.
   * The cookie is cleared only when the session is gone: an error of the database leaves both, so that clients can try
   * again.
   */
  async signOut(request: Request, response: Response): Promise<void> {
    const { secretIds, present } = this.cookie.read(request);
    for (const secretId of secretIds) await this.revoke(request, secretId);
    if (present) this.cookie.clear(response);
  }

  private async revoke(request: Request, secretId: string): Promise<void> {
    const ended = await this.sessions.revoke(hashSessionId(secretId), 'logged_out');
    if (!ended) return;
    await this.audit.record(request, 'signed_out', { userId: ended.userId, sessionIds: [ended.publicId] });
  }
}
