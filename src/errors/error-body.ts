import { STATUS_CODES } from 'node:http';
import type { AppError } from './app.error.js';

/** An error response takes at most 16 KB: less than 6 KB without the sessions. */
const MAX_SESSIONS_BYTES = 10 * 1024;

/** The one shape of an error response, see docs/errors.md. */
export function errorBody(error: AppError, requestId: string): object {
  const { code, status, message } = error;
  return { statusCode: status, error: STATUS_CODES[status], code, message, requestId, ...publicDetails(error) };
}

/** In the order of `errorSchema`; JSON omits undefined fields. */
function publicDetails({ details }: AppError): object {
  const { issues, reason, sessions, methods, continuation, continuationExpiresAt, options } = details;
  const listed = sessions && fitting(sessions);
  return { issues, reason, sessions: listed, methods, continuation, continuationExpiresAt, options };
}

/** @param sessions the most recently used first @returns as many of the least recently used as fit: users revoke those */
function fitting(sessions: object[]): object[] {
  let bytes = 0;
  const lastTooMany = sessions.findLastIndex((session) => {
    bytes += Buffer.byteLength(JSON.stringify(session)) + 1;
    return bytes > MAX_SESSIONS_BYTES;
  });
  return sessions.slice(lastTooMany + 1);
}
