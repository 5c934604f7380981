import { z } from 'zod';
import type { ActiveSession } from '../sessions/session.types.js';
import { sessionSchema, sessionView } from '../sessions/devices/session.views.js';
import { userSchema } from '../users/users.views.js';

export const loginSchema = z
  .strictObject({ User: userSchema, msg: z.string().meta({ examples: ['User logged in'] }), session: sessionSchema })
  .meta({ id: 'SignedIn' });

export type LoginView = z.output<typeof loginSchema>;

export const reauthenticationSchema = z.strictObject({ session: sessionSchema }).meta({ id: 'Reauthenticated' });

export const signedOutSchema = z
  .strictObject({ msg: z.string().meta({ examples: ['The user session has ended'] }) })
  .meta({ id: 'SignedOut' });

export const SIGNED_OUT = { msg: 'The user session has ended' };

export function loginView(user: Express.User, session: ActiveSession): LoginView {
  return { User: user, msg: 'User logged in', session: sessionView(session, session.publicId) };
}
