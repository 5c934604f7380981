import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import { SessionTransactionService } from '../sessions/store/session-transaction.service.js';
import type { ActiveSession, SignedInRequest } from '../sessions/session.types.js';
import type { UserRecord } from '../users/user.schema.js';
import type { ReauthenticationBody } from './auth.schemas.js';
import { PasswordVerifierService } from './password-verifier.service.js';
import { SecondFactorGate, type VerifiedFactor } from './second-factor-gate.js';
import { SignInService, type Proved } from './sign-in.service.js';

@Injectable()
export class ReauthenticationService {
  constructor(
    private readonly verifier: PasswordVerifierService,
    private readonly secondFactors: SecondFactorGate,
    private readonly signIns: SignInService,
    private readonly cookie: SessionCookie,
    private readonly transactions: SessionTransactionService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Verifies the user again, then rotates the session: a new id, `authenticatedAt` and both deadlines.
   * @returns the session with its new id
   * @throws {AppError} wrong_password, code_required, wrong_code, rate_limited, overloaded
   */
  async reauthenticate(request: SignedInRequest, body: ReauthenticationBody): Promise<ActiveSession> {
    const { password, ...proof } = body;
    if (password === undefined) return this.reauthenticateByPasskey(request, proof.credential);
    const user = await this.verifier.confirmPassword(request, password, 'reauthentication_failed');
    const factor = await this.secondFactors.checkReauthentication(request, user, proof);
    const proved: Proved = factor ? { amr: ['pwd', ...factor.amr], aal: 2 } : { amr: ['pwd'] };
    return this.rotate(request, user, proved, factor);
  }

  /**
   * @param returnTo the path of the web client to open after the second factor
   * @throws {AppError} second_factor_required, with a continuation; the second step then rotates this session
   */
  async reauthenticateByProvider(request: SignedInRequest, proved: Proved, returnTo: string): Promise<ActiveSession> {
    const { user, remember } = request.auth.session;
    const newSession = { ...proved, user, remember, replaces: request.auth.session };
    await this.secondFactors.checkSignIn(request, newSession, undefined, returnTo);
    return this.rotate(request, user, proved);
  }

  /**
   * Rotates the session and consumes the factor in one transaction.
   * @param proved the methods that the user has just proved
   * @param factor consumed in the transaction, so it stays valid if the transaction fails
   */
  async rotate(
    request: SignedInRequest,
    user: UserRecord,
    proved: Proved,
    factor?: VerifiedFactor,
  ): Promise<ActiveSession> {
    const session = await this.transactions.run(request, async (transaction) => {
      await factor?.consume(transaction);
      const rotated = await this.signIns.rotateSession(request, user, proved);
      const subject = { userId: user._id, sessionIds: [rotated.publicId] };
      await this.audit.record(request, 'reauthenticated', subject, transaction);
      return rotated;
    });
    this.cookie.issue(request);
    return session;
  }

  private async reauthenticateByPasskey(request: SignedInRequest, credential: unknown): Promise<ActiveSession> {
    const { user } = request.auth.session;
    const factor = await this.secondFactors.checkPasskey(request, user, credential);
    return this.rotate(request, user, { amr: factor.amr, aal: 2 }, factor);
  }
}
