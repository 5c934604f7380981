import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { ClientSession } from 'mongodb';
import { AuditService } from '../audit/audit.service.js';
import { SessionLimitService } from '../sessions/policy/session-limit.service.js';
import { NoticesService } from '../mail/notices.service.js';
import { SessionCookie } from '../sessions/session.cookie.js';
import { SessionTransactionService } from '../sessions/store/session-transaction.service.js';
import type { ActiveSession, NewSession } from '../sessions/session.types.js';
import { SessionsRepository } from '../sessions/store/sessions.repository.js';
import type { UserRecord } from '../users/user.schema.js';
import { userView } from '../users/users.views.js';
import { DeviceCookie } from './device.cookie.js';
import { SecondFactorGate, type SecondFactorProof } from './second-factor-gate.js';

/** Passport's logIn: stores `request.auth.newSession` as a session with a new id. @returns that session */
export function passportLogIn(request: Request, user: Express.User): Promise<ActiveSession> {
  return new Promise((resolve, reject) => {
    request.logIn(user, (error: unknown) => (error ? reject(error) : resolve(request.auth.session!)));
  });
}

export interface SignInOptions {
  /** The public id of a session of the user to revoke first, chosen after `session_limit_reached`. */
  endSession?: string;
  /** The second factor, if the client has sent one. */
  proof?: SecondFactorProof;
  /** The path of the web client to open after the second step. */
  returnTo?: string;
  /** Marks a proof as used, in the transaction that stores the session: if the transaction fails, the proof stays valid. */
  consume?: Consume;
}

/** How the user has just proved their identity. */
export type Proved = Omit<NewSession, 'user' | 'remember' | 'replaces'>;

type Consume = (transaction?: ClientSession) => Promise<void>;

/** Creates and rotates sessions once a user has proved their identity. */
@Injectable()
export class SignInService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly sessionLimit: SessionLimitService,
    private readonly transactions: SessionTransactionService,
    private readonly secondFactors: SecondFactorGate,
    private readonly cookie: SessionCookie,
    private readonly devices: DeviceCookie,
    private readonly notices: NoticesService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Stores a new session, sets its cookie and the device cookie, and records the audit event.
   * @param store passport's logIn, which stores the session
   * @throws {AppError} second_factor_required, wrong_code, session_limit_reached
   */
  async establishSession(request: Request, options: SignInOptions, store: () => Promise<unknown>): Promise<void> {
    const { user } = request.auth.newSession!;
    const consume = options.consume ?? (await this.checkSecondFactor(request, options));
    if (options.endSession !== undefined) await this.revokeChosen(request, user, options.endSession);
    await this.sessionLimit.enforce(request, user, consume ? () => this.storeOnce(request, consume, store) : store);
    const isNewDevice = this.devices.read(request, user) === undefined;
    this.cookie.issue(request);
    this.devices.issue(request, user);
    const sessionIds = [request.auth.session!.publicId];
    await this.audit.record(request, 'signed_in', { userId: user._id, sessionIds });
    // Costs no command for accounts without a verified email address.
    if (!isNewDevice || !this.notices.reaches(user)) return;
    await this.notices.notify(user, 'new_device', { origin: request, sessionIds });
  }

  /**
   * Gives the session of the request a new id and new deadlines, and revokes the old id as `replaced`. Joins the
   * transaction of the request, if there is one.
   * @param proved how the user has just proved their identity, in addition to the methods of the session
   * @returns the session with its new id
   * @throws {AppError} session_revoked, session_invalid, if the session has ended during the request
   */
  async rotateSession(request: Request, user: UserRecord, proved: Proved): Promise<ActiveSession> {
    const replaces = request.auth.session!;
    const { remember, amr, aal } = replaces;
    // Keeps the store from revoking the old session first, as at a sign-in: it revokes it together with the insert.
    request.auth.session = undefined;
    request.auth.newSession = {
      ...proved,
      user,
      remember,
      replaces,
      aal: proved.aal ?? aal,
      amr: union(amr, proved.amr),
    };
    return passportLogIn(request, userView(user));
  }

  private async checkSecondFactor(request: Request, { proof, returnTo }: SignInOptions): Promise<Consume | undefined> {
    const signIn = request.auth.newSession!;
    if (signIn.aal === 2) return undefined;
    const factor = await this.secondFactors.checkSignIn(request, signIn, proof, returnTo);
    if (!factor) return undefined;
    request.auth.newSession = { ...signIn, amr: union(signIn.amr, factor.amr), aal: 2 };
    return (transaction) => factor.consume(transaction);
  }

  private storeOnce(request: Request, consume: Consume, store: () => Promise<unknown>): Promise<void> {
    return this.transactions.join(request, async (transaction) => {
      await consume(transaction);
      await store();
    });
  }

  private async revokeChosen(request: Request, user: UserRecord, publicId: string): Promise<void> {
    const ended = await this.sessions.revokeByPublicId(user._id, publicId, 'revoked');
    if (!ended) return;
    // It can be the session of this request: the store must not revoke it again.
    if (ended._id === request.auth.session?._id) request.auth.session = undefined;
    await this.audit.record(request, 'session_revoked', { userId: user._id, sessionIds: [ended.publicId] });
  }
}

const union = (some: string[], others: string[]): string[] => [...new Set([...some, ...others])];
