import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-local';
import { userView } from '../users/users.views.js';
import { PasswordVerifierService } from './password-verifier.service.js';
import type { LoginBody } from './auth.schemas.js';

/** The field in which LocalAuthGuard puts the `username` or `email`: passport-local supports only one field. */
export const IDENTIFIER = 'identifier';

/** Passport's strategy for username and password. LocalAuthGuard has validated the body. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy, 'local') {
  constructor(private readonly verifier: PasswordVerifierService) {
    super({ usernameField: IDENTIFIER, passReqToCallback: true });
  }

  async validate(request: Request, _identifier: string, password: string): Promise<Express.User> {
    const { username, email, rememberMe } = request.body as LoginBody;
    const user = await this.verifier.verifyCredentials(request, { username, email }, password);
    request.auth.newSession = { user, remember: rememberMe, amr: ['pwd'] };
    return userView(user);
  }
}
