import { z } from 'zod';
import type { User } from './user.schema.js';

const userId = z
  .string()
  .regex(/^[0-9a-f]{24}$/)
  .meta({ examples: ['64f0c3a9e13b5d0a4c8e9f21'] });
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

/** `req.user`: the signed-in user. */
export const userSchema = z.strictObject({ userId, userName }).meta({ id: 'User' });

export const signupSchema = z
  .strictObject({ msg: z.string().meta({ examples: ['User successfully registered'] }), userId, userName })
  .meta({ id: 'SignedUp' });

export type SignupView = z.output<typeof signupSchema>;

export function userView({ _id, username }: Pick<User, '_id' | 'username'>): Express.User {
  return { userId: _id.toHexString(), userName: username };
}

export function signupView(user: User): SignupView {
  return { msg: 'User successfully registered', ...userView(user) };
}
