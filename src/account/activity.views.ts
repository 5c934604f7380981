import { z } from 'zod';
import { deviceSchema, deviceView, ipSchema } from '../sessions/devices/device.views.js';
import { AUDIT_EVENT_TYPES, type AuditEvent } from '../audit/audit.types.js';

/** One event as the account's owner sees it; `sessionId` is the public id. */
export const activitySchema = z
  .strictObject({
    at: z.iso.datetime(),
    type: z.enum(AUDIT_EVENT_TYPES),
    ip: ipSchema,
    device: deviceSchema,
    sessionId: z.uuid().optional(),
  })
  .meta({ id: 'Activity' });

export type ActivityView = z.output<typeof activitySchema>;

export function activityView({ at, type, ip, userAgent, sessionId }: AuditEvent): ActivityView {
  return { at: at.toISOString(), type, ip, device: deviceView(userAgent), ...(sessionId && { sessionId }) };
}
