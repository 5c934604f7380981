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
   * Revokes the session of the request's cookie, or of each cookie if there are several: one write each, without a read.
   * The cookie is cleared only after that: if the database is unavailable, both stay and the client can try again.
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
