import { ObjectId } from 'mongodb';
import type { RevocationReason } from '../../../errors/error-codes.js';
import type { SessionContents, SessionDocument, Tombstone } from '../../session.types.js';

/** A session in Redis: a hash of strings. Times are in milliseconds, so that scripts can compare them. */
export type Fields = Record<string, string>;

/** @returns the arguments of HSET: alternately a field and its value */
export function encode(session: Omit<SessionDocument, '_id'>): string[] {
  const fields: { [Name in keyof typeof session]-?: string } = {
    publicId: session.publicId,
    userId: session.userId.toHexString(),
    credentialVersion: String(session.credentialVersion),
    remember: String(session.remember),
    createdAt: millis(session.createdAt),
    authenticatedAt: millis(session.authenticatedAt),
    lastSeenAt: millis(session.lastSeenAt),
    idleExpiresAt: millis(session.idleExpiresAt),
    absoluteExpiresAt: millis(session.absoluteExpiresAt),
    expires: millis(session.expires),
    ip: session.ip,
    userAgent: session.userAgent,
    amr: JSON.stringify(session.amr),
    aal: String(session.aal ?? 1),
    byProvider: String(session.byProvider === true),
    session: JSON.stringify(session.session),
  };
  return Object.entries(fields).flat();
}

/** @returns a session or a tombstone; undefined if there is none */
export function decode(_id: string, fields: Fields): SessionDocument | Tombstone | undefined {
  if (fields.revokedAt) return decodeTombstone(_id, fields);
  return fields.session ? decodeSession(_id, fields) : undefined;
}

export function decodeSession(_id: string, fields: Fields): SessionDocument {
  const text = (name: keyof SessionDocument): string => fields[name]!;
  return {
    _id,
    publicId: text('publicId'),
    userId: ObjectId.createFromHexString(text('userId')),
    credentialVersion: Number(text('credentialVersion')),
    remember: text('remember') === 'true',
    createdAt: date(text('createdAt')),
    authenticatedAt: date(text('authenticatedAt')),
    lastSeenAt: date(text('lastSeenAt')),
    idleExpiresAt: date(text('idleExpiresAt')),
    absoluteExpiresAt: date(text('absoluteExpiresAt')),
    expires: date(text('expires')),
    ip: text('ip'),
    userAgent: text('userAgent'),
    amr: JSON.parse(text('amr')) as string[],
    aal: text('aal') === '2' ? 2 : 1,
    ...(text('byProvider') === 'true' && { byProvider: true }),
    session: JSON.parse(text('session')) as SessionContents,
  };
}

function decodeTombstone(_id: string, fields: Fields): Tombstone {
  return {
    _id,
    publicId: fields.publicId!,
    revokedAt: date(fields.revokedAt!),
    reason: fields.reason as RevocationReason,
    ...(fields.successor && { successor: fields.successor }),
    expires: date(fields.expires!),
  };
}

export const millis = (time: Date): string => String(time.getTime());
const date = (text: string): Date => new Date(Number(text));
