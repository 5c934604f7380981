import { createHash } from 'node:crypto';
import supertest, { type Test } from 'supertest';
import type { SessionView } from '../../src/sessions/devices/session.views.js';
import type { Credentials } from './accounts.js';
import { setCookie } from './cookies.js';

/** A signed-in client that keeps sending its cookie, even after the server clears it. */
export interface Device {
  /** `sid=…`, as in a request. */
  cookie: string;
  /** The stored id of its session: the hash of the secret id. */
  storedId: string;
  /** Its session, as the sign-in returned it. */
  session: SessionView;
  get(path: string): Test;
  post(path: string, body?: object): Test;
  put(path: string, body?: object): Test;
  delete(path: string): Test;
}

export interface SignInOptions {
  /** Fields of the body besides the credentials. */
  body?: object;
  headers?: Record<string, string>;
}

/** Signs in at this URL and expects success. */
export async function signInDevice(
  { url }: { url: string },
  account: Credentials,
  { body, headers = {} }: SignInOptions = {},
): Promise<Device> {
  const answer = await supertest(url)
    .post('/users/login')
    .set(headers)
    .send({ ...account, ...body })
    .expect(200);
  const { pair, secretId } = setCookie(answer)!;
  return deviceOf(url, pair, secretId, answer.body.session as SessionView);
}

/** Signs in several times, one after the other. */
export async function signInDevices(
  app: { url: string },
  account: Credentials,
  times: number,
  options?: SignInOptions,
): Promise<Device[]> {
  const devices: Device[] = [];
  for (let n = 0; n < times; n += 1) devices.push(await signInDevice(app, account, options));
  return devices;
}

/** The device after a response that gave its session a new id. */
export function renewed({ url }: { url: string }, answer: { headers: object }, session: SessionView): Device {
  const { pair, secretId } = setCookie(answer as { headers: Record<string, unknown> })!;
  return deviceOf(url, pair, secretId, session);
}

/** The same session, used at another process. */
export function at({ url }: { url: string }, { cookie, storedId, session }: Device): Device {
  return { cookie, storedId, session, ...requests(url, cookie) };
}

function deviceOf(url: string, cookie: string, secretId: string, session: SessionView): Device {
  return { cookie, storedId: storedIdOf(secretId), session, ...requests(url, cookie) };
}

/** Repeats the algorithm of the app on purpose: the stored form must not change. */
export function storedIdOf(secretId: string): string {
  return createHash('sha256').update(secretId).digest('base64url');
}

function requests(url: string, cookie: string): Pick<Device, 'get' | 'post' | 'put' | 'delete'> {
  const client = supertest(url);
  return {
    get: (path) => client.get(path).set('Cookie', cookie),
    post: (path, body) => client.post(path).set('Cookie', cookie).send(body),
    put: (path, body) => client.put(path).set('Cookie', cookie).send(body),
    delete: (path) => client.delete(path).set('Cookie', cookie),
  };
}
