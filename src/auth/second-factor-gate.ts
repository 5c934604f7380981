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

/** A second factor that was verified and is still unused. */
export interface VerifiedFactor {
  /** Methods that it adds to the session's `amr` (RFC 8176). */
  amr: string[];
  /**
   * Marks the factor as used, in the transaction that stores the result. An abort leaves it valid.
   * @throws {AppError} wrong_code, when another request has used it first
   */
  consume(transaction?: ClientSession): Promise<void>;
}

/**
 * The interface of sign-in and re-authentication to second factors. src/second-factor implements it, so that src/auth does
 * not depend on src/second-factor.
 */
export abstract class SecondFactorGate {
  /**
   * @returns the factor to consume; undefined when the account needs none
   * @throws {AppError} second_factor_required, with a continuation, when there is no proof; wrong_code; rate_limited
   */
  abstract checkSignIn(
    request: Request,
    signIn: NewSession,
    proof: SecondFactorProof | undefined,
    returnTo: string | undefined,
  ): Promise<VerifiedFactor | undefined>;

  /**
   * Verifies a passkey that re-authenticates alone.
   * @throws {AppError} wrong_code
   */
  abstract checkPasskey(request: SignedInRequest, user: UserRecord, credential: unknown): Promise<VerifiedFactor>;

  /**
   * @returns the factor to consume; undefined when the account needs none
   * @throws {AppError} code_required, with methods, when there is no proof; wrong_code; rate_limited
   */
  abstract checkReauthentication(
    request: SignedInRequest,
    user: UserRecord,
    proof: SecondFactorProof | undefined,
  ): Promise<VerifiedFactor | undefined>;
}
