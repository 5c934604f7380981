import { z } from 'zod';
import { sessionSchema, sessionView } from '../sessions/devices/session.views.js';
import type { ActiveSession } from '../sessions/session.types.js';
import { userSchema, userView } from '../users/users.views.js';

const email = z.string().meta({ examples: ['ada@example.com'] });

export const profileSchema = z
  .strictObject({
    ...userSchema.shape,
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
