import type { LiveSession } from '../sessions/session.types.js';
import { sessionView, type SessionView } from '../sessions/session.view.js';
import type { User } from './user.schema.js';

export interface SignupView {
  msg: string;
  userId: string;
  userName: string;
}

export interface ProfileView {
  userId: string;
  userName: string;
  email?: string;
  roles: string[];
  createdAt: string;
  session: SessionView;
}

export function signupView(user: User): SignupView {
  return { msg: 'User successfully registered', userId: user._id.toHexString(), userName: user.username };
}

export function profileView(session: LiveSession): ProfileView {
  const { _id, username, email, roles, createdAt } = session.user;
  return {
    userId: _id.toHexString(),
    userName: username,
    ...(email && { email }),
    roles,
    createdAt: createdAt.toISOString(),
    session: sessionView(session, session.publicId),
  };
}
