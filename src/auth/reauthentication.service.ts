import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import { SessionTransactionService } from '../sessions/store/session-transaction.service.js';
import type { ActiveSession, SignedInRequest } from '../sessions/session.types.js';
import { PasswordVerifierService } from './password-verifier.service.js';
import { SignInService } from './sign-in.service.js';

@Injectable()
export class ReauthenticationService {
  constructor(
    private readonly verifier: PasswordVerifierService,
    private readonly signIns: SignInService,
    private readonly cookie: SessionCookie,
    private readonly transactions: SessionTransactionService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Renews `authenticatedAt` and both deadlines, under a new session id.
   * @returns the session as it is from now on
   * @throws {AppError} wrong_password
   */
  async reauthenticate(request: SignedInRequest, password: string): Promise<ActiveSession> {
    const user = await this.verifier.confirmPassword(request, password, 'reauthentication_failed');
    const session = await this.transactions.run(request, async (transaction) => {
      const renewed = await this.signIns.rotateSession(request, user, { amr: ['pwd'] });
      const subject = { userId: user._id, sessionIds: [renewed.publicId] };
      await this.audit.record(request, 'reauthenticated', subject, transaction);
      return renewed;
    });
    this.cookie.issue(request);
    return session;
  }
}
