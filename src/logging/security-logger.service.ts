import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Logger } from 'pino';
import { clientInfoOf } from '../net/client-info.js';
import { LOGGER } from './logger.js';
import { SECURITY_EVENTS, type SecurityEvent } from './security-events.js';

/** The origin of an event: a request, or a command of an operator. */
export type EventOrigin = Pick<Request, 'id' | 'ip' | 'headers' | 'user'>;

export const OPERATOR = { id: '', ip: '', headers: { 'user-agent': 'operator' } } as const;

/** Only ids and words of closed lists, never text from a client. */
export interface EventFields {
  userId?: string;
  /** Public id of the session. */
  sessionId?: string;
  code?: string;
  reason?: string;
}

/** Writes one line per security event, under its name in OWASP's logging vocabulary. */
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
