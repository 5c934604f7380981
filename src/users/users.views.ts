import { z } from 'zod';
import type { ActiveSession } from '../sessions/session.types.js';
import { sessionSchema, sessionView } from '../sessions/devices/session.views.js';
import type { User } from './user.schema.js';

const userId = z
  .string()
  .regex(/^[0-9a-f]{24}$/)
  .meta({ examples: ['64f0c3a9e13b5d0a4c8e9f21'] });
const email = z.string().meta({ examples: ['ada@example.com'] });
const userName = z.string().meta({ description: 'The canonical spelling.', examples: ['ada'] });

declare global {
  namespace Express {
    /** `request.user` of an authenticated request, and what GET /users/protected responds with. */
    interface User {
      userId: string;
      userName: string;
    }
  }
}

/** `req.user`: who is signed in. */
export const userSchema = z.strictObject({ userId, userName }).meta({ id: 'User' });

export const signupSchema = z
  .strictObject({ msg: z.string().meta({ examples: ['User successfully registered'] }), userId, userName })
  .meta({ id: 'SignedUp' });

export type SignupView = z.output<typeof signupSchema>;

export const profileSchema = z
  .strictObject({
    userId,
    userName,
    email: email.optional(),
    emailVerified: z.boolean().meta({ description: 'false without an address.', examples: [true] }),
    pendingEmail: email.optional().meta({
      description: 'Replaces the verified `email` once its code has been typed.',
      examples: ['ada@new.example'],
    }),
    roles: z.array(z.string()).meta({ examples: [['user']] }),
    createdAt: z.iso.datetime(),
    session: sessionSchema,
  })
  .meta({ id: 'Profile' });

export type ProfileView = z.output<typeof profileSchema>;

export function userView({ _id, username }: Pick<User, '_id' | 'username'>): Express.User {
  return { userId: _id.toHexString(), userName: username };
}

export function signupView(user: User): SignupView {
  return { msg: 'User successfully registered', ...userView(user) };
}

export function profileView(session: ActiveSession): ProfileView {
  const { emailVerifiedAt, pendingEmail, roles, createdAt } = session.user;
  return {
    ...userView(session.user),
    ...(session.user.email && { email: session.user.email }),
    emailVerified: emailVerifiedAt !== undefined,
    ...(pendingEmail && { pendingEmail }),
    roles,
    createdAt: createdAt.toISOString(),
    session: sessionView(session, session.publicId),
  };
}
