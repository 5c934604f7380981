import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Logger } from 'pino';
import { clientInfoOf } from '../sessions/devices/device.views.js';
import { LOGGER } from './logger.js';
import { SECURITY_EVENTS, type SecurityEvent } from './security-events.js';

/** Where something happened: a request, or an operator's command. */
export type EventOrigin = Pick<Request, 'id' | 'ip' | 'headers' | 'user'>;

export const OPERATOR = { id: '', ip: '', headers: { 'user-agent': 'operator' } } as const;

/** Ids and closed words only: nothing that a client has typed. */
export interface EventFields {
  userId?: string;
  /** Public id of the session. */
  sessionId?: string;
  code?: string;
  reason?: string;
}

/** One line for each thing that happened, under the name that OWASP's vocabulary has for it. */
@Injectable()
export class SecurityLoggerService {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  write(event: SecurityEvent, origin: EventOrigin, fields: EventFields, message: string): void {
    const { ip } = clientInfoOf(origin);
    this.logger[SECURITY_EVENTS[event]](
      { event, requestId: origin.id, ip, userId: origin.user?.userId, ...fields },
      message,
    );
  }
}
