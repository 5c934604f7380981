import type { Request, RequestHandler, Response } from 'express';
import { createHash } from 'node:crypto';
import { recordBody } from './recorded-body.js';

/** Names of what is stored and nobody's to see. */
const KEYS = new Set(['_id', '__v', 'hash', 'passwordHash', 'credentialVersion', 'publicId']);
/** Random values that authenticators create or receive: as long as a session id, and no secrets. */
const PUBLIC = /\.userHandle$|\.options\.user\.id$|\.credentialId$|\.options\.(allow|exclude)Credentials\.\d+\.id$/;
/** A bcrypt hash, wherever in a text. */
const BCRYPT = /\$2[aby]\$/;
/** A secret session id, or how one is stored: 24 or 32 random bytes in base64url, and nothing else. */
const SESSION_ID = /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)([\w-]{32}|[\w-]{43})$/;
/** Shorter ones are made up by tests, and stand in any text. */
const COOKIE_ID = /sid=s(?:%3A|:)([\w-]{16,})\./g;
/** What is secret of a cookie that is set, without what is signed with it and the signature. */
const SET_SECRET = /^(?:__Host-)?(?:sid|device)=(?:s%3A)?([^.;]+)/;

const found: string[] = [];

/** The secrets in all that was answered since the last call. */
export function takeSecrets(): string[] {
  return found.splice(0);
}

/** Looks for secrets in every answer that passes, those of errors included. */
export const lookForSecrets: RequestHandler = (request, response, next) => {
  // Express takes the mount point off the path for what is mounted there.
  const { method, path } = request;
  const body = recordBody(response, () => {
    const secrets = secretsIn(body(), secretIds(request, response));
    found.push(...secrets.map((secret) => `${method} ${path} ${response.statusCode}: ${secret}`));
  });
  next();
};

/** Adds to these the secret of every cookie that an answer sets. */
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

/** @param own secret ids of the sessions that the request and its answer are about @returns what is secret, named */
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
