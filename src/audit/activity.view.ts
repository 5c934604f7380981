import { deviceView, type DeviceView } from '../sessions/device.js';
import type { AuditEvent, AuditType } from './audit.types.js';

/** One event as the account's owner sees it; `sessionId` is the public id. */
export interface ActivityView {
  at: string;
  type: AuditType;
  ip: string;
  device: DeviceView;
  sessionId?: string;
}

export function activityView({ at, type, ip, userAgent, sessionId }: AuditEvent): ActivityView {
  return { at: at.toISOString(), type, ip, device: deviceView(userAgent), ...(sessionId && { sessionId }) };
}
