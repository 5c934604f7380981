import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { ClientSession } from 'mongodb';
import { AuditService } from '../audit/audit.service.js';
import { loginView, type LoginView } from '../auth/auth.views.js';
import { passportLogIn, SignInService } from '../auth/sign-in.service.js';
import { AppError } from '../errors/app.error.js';
import { IpRateLimiterService } from '../rate-limits/ip-rate-limiter.service.js';
import { SecondFactorService } from '../second-factor/second-factor.service.js';
import { SessionLoader } from '../sessions/session.loader.js';
import type { UserRecord } from '../users/user.schema.js';
import { UsersService } from '../users/users.service.js';
import { userView } from '../users/users.views.js';
import { PASSKEY_AMR, PasskeyAssertionsService, type ProvedPasskey } from './passkey-assertions.service.js';
import { PasskeysRepository } from './passkeys.repository.js';
import type { AssertionCredential, PasskeySignInBody } from './passkeys.schemas.js';
import type { Passkey } from './passkeys.types.js';
import type { RequestOptions } from './passkeys.views.js';

const BINDING = { purpose: 'sign_in' } as const;

/** Signs in with a passkey alone: it proves possession and verifies the user. */
@Injectable()
export class PasskeySignInService {
  constructor(
    private readonly assertions: PasskeyAssertionsService,
    private readonly passkeys: PasskeysRepository,
    private readonly users: UsersService,
    private readonly addresses: IpRateLimiterService,
    private readonly sessions: SessionLoader,
    private readonly signIns: SignInService,
    private readonly secondFactors: SecondFactorService,
    private readonly audit: AuditService,
  ) {}

  /** Public: names no account and writes nothing. */
  options(): Promise<RequestOptions> {
    return this.assertions.options(BINDING);
  }

  /** @throws {AppError} unknown_passkey, invalid_credentials, account_disabled, session_limit_reached, rate_limited */
  async signIn(request: Request, response: Response, body: PasskeySignInBody): Promise<LoginView> {
    const { credential, rememberMe, endSession } = body;
    await this.addresses.countAttempt(request);
    const { passkey, user } = await this.ownerOf(credential);
    const proved = await this.judge(request, user, passkey, credential);
    if (user.disabledAt) throw new AppError('account_disabled');
    await this.sessions.load(request, response);
    request.auth.newSession = { user, remember: rememberMe, amr: PASSKEY_AMR, aal: 2 };
    const consume = async (transaction?: ClientSession) => {
      await proved.consume(transaction);
      if (user.totp) await this.secondFactors.clearWrongCodes(request, user, transaction);
    };
    await this.signIns.establishSession(request, { endSession, consume }, () => passportLogIn(request, userView(user)));
    return loginView(userView(user), request.auth.session!);
  }

  private async ownerOf({ id }: AssertionCredential): Promise<{ passkey: Passkey; user: UserRecord }> {
    const passkey = await this.passkeys.find(id);
    const user = passkey && (await this.users.findById(passkey.userId));
    if (!user) throw new AppError('unknown_passkey');
    return { passkey, user };
  }

  private async judge(
    request: Request,
    user: UserRecord,
    passkey: Passkey,
    credential: AssertionCredential,
  ): Promise<ProvedPasskey> {
    try {
      // Only the user handle shows that the authenticator means this account.
      if (!credential.response.userHandle) throw new AppError('invalid_credentials');
      return await this.assertions.verify({ request, user, binding: BINDING }, passkey, credential);
    } catch (error) {
      if (error instanceof AppError) await this.audit.record(request, 'sign_in_failed', { userId: user._id });
      throw error;
    }
  }
}
