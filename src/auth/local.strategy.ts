import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-local';
import { userView } from '../users/users.views.js';
import { AuthService } from './auth.service.js';
import type { LoginBody } from './auth.schemas.js';

/** Passport's username and password. Reads the body, which LocalAuthGuard has validated. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy, 'local') {
  constructor(private readonly auth: AuthService) {
    super({ passReqToCallback: true });
  }

  async validate(request: Request, username: string, password: string): Promise<Express.User> {
    const user = await this.auth.verifyCredentials(request, username, password);
    const { rememberMe } = request.body as LoginBody;
    request.signIn = { user, remember: rememberMe, amr: ['pwd'] };
    return userView(user);
  }
}
