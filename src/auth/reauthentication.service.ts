import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AuditService } from '../audit/audit.service.js';
import { SessionTransaction } from '../sessions/session-transaction.js';
import type { LiveSession } from '../sessions/session.types.js';
import { AuthService } from './auth.service.js';
import { SignInService } from './sign-in.service.js';

@Injectable()
export class ReauthenticationService {
  constructor(
    private readonly auth: AuthService,
    private readonly signIns: SignInService,
    private readonly transactions: SessionTransaction,
    private readonly audit: AuditService,
  ) {}

  /**
   * Renews `authenticatedAt` and both deadlines, under a new session id.
   * @returns the session as it is from now on
   * @throws {AppError} wrong_password
   */
  async reauthenticate(request: Request, password: string): Promise<LiveSession> {
    const user = await this.auth.confirmPassword(request, password, 'reauthentication_failed');
    await this.transactions.run(request, () => this.signIns.renew(request, user));
    const session = request.liveSession!;
    await this.audit.record(request, 'reauthenticated', { userId: user._id, sessionIds: [session.publicId] });
    return session;
  }
}
