import { deviceView, type DeviceView } from './device.js';
import type { SessionDocument } from './session.types.js';

/** A session as its owner sees it; times are ISO-8601 in UTC. Never carries the secret id. */
export interface SessionView {
  id: string;
  current: boolean;
  createdAt: string;
  lastSeenAt: string;
  authenticatedAt: string;
  idleExpiresAt: string;
  absoluteExpiresAt: string;
  ip: string;
  device: DeviceView;
  amr: string[];
}

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
  };
}
