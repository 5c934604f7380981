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
   * Ends the session of the request's cookie, if there is one: one write, no read before it. The cookie goes only when
   * the session is gone: an error of the database leaves both, so that signing out can be tried again.
   */
  async signOut(request: Request, response: Response): Promise<void> {
    const { secretId, forged } = this.cookie.read(request);
    if (secretId !== undefined) await this.revoke(request, secretId);
    if (secretId !== undefined || forged) this.cookie.clear(response);
  }

  private async revoke(request: Request, secretId: string): Promise<void> {
    const ended = await this.sessions.revoke(hashSessionId(secretId), 'logged_out');
    if (!ended) return;
    await this.audit.record(request, 'signed_out', { userId: ended.userId, sessionIds: [ended.publicId] });
  }
}
