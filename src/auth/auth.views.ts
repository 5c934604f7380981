import type { LiveSession } from '../sessions/session.types.js';
import { sessionView, type SessionView } from '../sessions/session.view.js';

export interface LoginView {
  User: Express.User;
  msg: string;
  session: SessionView;
}

export const SIGNED_OUT = { msg: 'The user session has ended' };

export function loginView(user: Express.User, session: LiveSession): LoginView {
  return { User: user, msg: 'User logged in', session: sessionView(session, session.publicId) };
}
