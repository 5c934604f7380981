import { z } from 'zod';

const email = z.string().meta({ examples: ['ada@example.com'] });
const expiresAt = z.iso.datetime().meta({ description: 'When the mailed code expires.' });

export const changeRequestedSchema = z
  .strictObject({ pendingEmail: email, expiresAt })
  .meta({ id: 'EmailChangeRequested' });

export const codeSentSchema = z.strictObject({ expiresAt }).meta({ id: 'EmailCodeSent' });

export const verifiedSchema = z.strictObject({ email, emailVerified: z.literal(true) }).meta({ id: 'EmailVerified' });

export const undoneSchema = z
  .strictObject({
    msg: z.string().meta({ examples: ['Email address restored'] }),
    revokedSessions: z
      .int()
      .min(0)
      .meta({ description: 'How many sessions were ended.', examples: [2] }),
  })
  .meta({ id: 'EmailChangeUndone' });

export type ChangeRequestedView = z.output<typeof changeRequestedSchema>;
export type CodeSentView = z.output<typeof codeSentSchema>;
export type VerifiedView = z.output<typeof verifiedSchema>;
export type UndoneView = z.output<typeof undoneSchema>;

export function changeRequestedView(pendingEmail: string, expires: Date): ChangeRequestedView {
  return { pendingEmail, expiresAt: expires.toISOString() };
}

export function codeSentView(expires: Date): CodeSentView {
  return { expiresAt: expires.toISOString() };
}
