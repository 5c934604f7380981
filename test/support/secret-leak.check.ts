import type { Request, RequestHandler, Response } from 'express';
import { createHash } from 'node:crypto';
import { recordBody } from './recorded-body.js';

/** Names of stored fields that no response may contain. */
const KEYS = new Set(['_id', '__v', 'hash', 'passwordHash', 'credentialVersion', 'publicId']);
/** Random values of authenticators: as long as a session id, but not secret. */
const PUBLIC = /\.userHandle$|\.options\.user\.id$|\.credentialId$|\.options\.(allow|exclude)Credentials\.\d+\.id$/;
/** A bcrypt hash anywhere in a text. */
const BCRYPT = /\$2[aby]\$/;
/** A secret session id or its stored form: exactly 24 or 32 bytes in base64url. */
const SESSION_ID = /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)([\w-]{32}|[\w-]{43})$/;
/** Shorter values are those of tests, and may appear in any text. */
const COOKIE_ID = /sid=s(?:%3A|:)([\w-]{16,})\./g;
/** The secret part of a cookie, without the signature and other signed data. */
const SET_SECRET = /^(?:__Host-)?(?:sid|device)=(?:s%3A)?([^.;]+)/;

const found: string[] = [];

/** Returns the secrets in all responses since the last call. */
export function takeSecrets(): string[] {
  return found.splice(0);
}

/** Middleware that looks for secrets in every response, including errors. */
export const checkForSecrets: RequestHandler = (request, response, next) => {
  // Express removes the mount point from the path of mounted handlers.
  const { method, path } = request;
  const body = recordBody(response, () => {
    const secrets = secretsIn(body(), secretIds(request, response));
    found.push(...secrets.map((secret) => `${method} ${path} ${response.statusCode}: ${secret}`));
  });
  next();
};

/** Middleware that adds the secret of every cookie of a response to `secrets`. */
export function collectSecrets(secrets: Set<string>): RequestHandler {
  return (_request, response, next) => {
    response.once('finish', () => {
      for (const cookie of [response.getHeader('set-cookie') ?? []].flat()) {
        const secret = SET_SECRET.exec(String(cookie))?.[1];
        if (secret) secrets.add(secret);
      }
    });
    next();
  };
}

/** @param own secret ids of the sessions of this request @returns the names of the secrets in the body */
export function secretsIn(body: string, own: string[] = []): string[] {
  const texts = own.filter((id) => body.includes(id) || body.includes(stored(id)));
  return [
    ...texts.map(() => 'the secret id of the session, or its hash'),
    ...(BCRYPT.test(body) ? ['a bcrypt hash'] : []),
    ...(/^[[{]/.test(body) ? secretsInValue(JSON.parse(body), '') : []),
  ];
}

function secretsInValue(value: unknown, path: string): string[] {
  if (typeof value === 'string')
    return SESSION_ID.test(value) && !PUBLIC.test(path) ? [`${path} looks like a session id`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(KEYS.has(key) ? [`the key ${path}.${key}`] : []),
    ...secretsInValue(inner, `${path}.${key}`),
  ]);
}

function secretIds(request: Request, response: Response): string[] {
  const cookies = [request.headers.cookie, response.getHeader('set-cookie')].flat().join('; ');
  const named = [...cookies.matchAll(COOKIE_ID)].map(([, id]) => id!);
  return [...new Set([request.sessionID, ...named].filter(Boolean))];
}

const stored = (secretId: string): string => createHash('sha256').update(secretId).digest('base64url');
