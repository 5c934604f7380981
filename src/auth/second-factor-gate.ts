import type { Request } from 'express';
import type { ClientSession } from 'mongodb';
import type { SignedInRequest, NewSession } from '../sessions/session.types.js';
import type { UserRecord } from '../users/user.schema.js';

/** What a client sends to prove a second factor: exactly one of these. */
export interface SecondFactorProof {
  /** Six digits of TOTP. */
  code?: string;
  recoveryCode?: string;
  /** A WebAuthn assertion, as `PublicKeyCredential.toJSON()` returns it. */
  credential?: unknown;
}

/** A second factor that was judged right and is still unused. */
export interface VerifiedFactor {
  /** What it adds to the session's authentication methods, RFC 8176. */
  amr: string[];
  /**
   * Uses it up, in the transaction that stores what it was proved for: if that fails, the factor stays good.
   * @throws {AppError} wrong_code, when another request has used it meanwhile
   */
  consume(transaction?: ClientSession): Promise<void>;
}

/**
 * What sign-in and re-authentication ask about second factors. Implemented in src/second-factor, which depends on this
 * folder and not the other way round.
 */
export abstract class SecondFactorGate {
  /**
   * @returns the factor to use up; undefined where the account needs none
   * @throws {AppError} second_factor_required, with a continuation, where there is no proof; wrong_code; rate_limited
   */
  abstract checkSignIn(
    request: Request,
    signIn: NewSession,
    proof: SecondFactorProof | undefined,
    returnTo: string | undefined,
  ): Promise<VerifiedFactor | undefined>;

  /**
   * Judges a passkey that re-authenticates alone.
   * @throws {AppError} wrong_code
   */
  abstract checkPasskey(request: SignedInRequest, user: UserRecord, credential: unknown): Promise<VerifiedFactor>;

  /**
   * @returns the factor to use up; undefined where the account needs none
   * @throws {AppError} code_required, with methods, where there is no proof; wrong_code; rate_limited
   */
  abstract checkReauthentication(
    request: SignedInRequest,
    user: UserRecord,
    proof: SecondFactorProof | undefined,
  ): Promise<VerifiedFactor | undefined>;
}
