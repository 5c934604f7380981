import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import { SessionTransaction } from '../sessions/store/session-transaction.service.js';
import type { LiveSession, SignedInRequest } from '../sessions/session.types.js';
import { AuthService } from './password-verifier.service.js';
import { SignInService } from './sign-in.service.js';

@Injectable()
export class ReauthenticationService {
  constructor(
    private readonly auth: AuthService,
    private readonly signIns: SignInService,
    private readonly cookie: SessionCookie,
    private readonly transactions: SessionTransaction,
    private readonly audit: AuditService,
  ) {}

  /**
   * Renews `authenticatedAt` and both deadlines, under a new session id.
   * @returns the session as it is from now on
   * @throws {AppError} wrong_password
   */
  async reauthenticate(request: SignedInRequest, password: string): Promise<LiveSession> {
    const user = await this.auth.confirmPassword(request, password, 'reauthentication_failed');
    const session = await this.transactions.run(request, async (transaction) => {
      const renewed = await this.signIns.renew(request, user, { amr: ['pwd'] });
      const subject = { userId: user._id, sessionIds: [renewed.publicId] };
      await this.audit.record(request, 'reauthenticated', subject, transaction);
      return renewed;
    });
    this.cookie.issue(request);
    return session;
  }
}
