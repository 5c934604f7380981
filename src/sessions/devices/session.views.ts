import { z } from 'zod';
import { deviceSchema, deviceView, ipSchema } from './device.views.js';
import type { SessionDocument } from '../session.types.js';

/** A session as the API shows it to its user; times are ISO 8601 in UTC. Never contains the secret id. */
export const sessionSchema = z
  .strictObject({
    id: z.uuid().meta({ description: 'The public id, used in URLs and lists. The cookie carries another id.' }),
    current: z.boolean().meta({ description: 'Whether this session sent the request.', examples: [true] }),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().meta({ description: 'Updated at most once per SESSION_TOUCH_INTERVAL.' }),
    authenticatedAt: z.iso.datetime().meta({ description: 'When the user last proved who they are.' }),
    idleExpiresAt: z.iso.datetime().meta({ description: 'When the session ends if it is not used before.' }),
    absoluteExpiresAt: z.iso.datetime().meta({ description: 'When the session ends in any case.' }),
    ip: ipSchema,
    device: deviceSchema,
    amr: z
      .array(z.string())
      .meta({ description: 'How the user proved who they are, RFC 8176; `fed`: to a provider.', examples: [['pwd']] }),
    aal: z
      .literal([1, 2])
      .meta({ description: 'Assurance level: 2 after a second factor or a passkey.', examples: [1] }),
  })
  .meta({ id: 'Session' });

export type SessionView = z.output<typeof sessionSchema>;

export const revokedSchema = z
  .strictObject({
    revoked: z
      .int()
      .min(0)
      .meta({ description: 'The number of revoked sessions.', examples: [2] }),
  })
  .meta({ id: 'Revoked' });

export function sessionView(session: SessionDocument, currentId?: string): SessionView {
  return {
    id: session.publicId,
    current: session.publicId === currentId,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    authenticatedAt: session.authenticatedAt.toISOString(),
    idleExpiresAt: session.idleExpiresAt.toISOString(),
    absoluteExpiresAt: session.absoluteExpiresAt.toISOString(),
    ip: session.ip,
    device: deviceView(session.userAgent),
    amr: session.amr,
    aal: session.aal ?? 1,
  };
}
