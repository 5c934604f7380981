import { freshUsername, PASSWORD, type Credentials } from './accounts.js';

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  /** `name=value` of every cookie that was set. */
  cookies: string[];
  retryAfter: string | null;
  /** Milliseconds from the request to the whole answer. */
  took: number;
}

interface Ask {
  method?: string;
  body?: object;
  cookie?: string;
}

/** One request by Node's own fetch, without a jar: for tests that count answers instead of browsing. */
export async function ask(url: string, { method, body, cookie }: Ask = {}): Promise<Answer> {
  const start = performance.now();
  const response = await fetch(url, {
    method: method ?? (body ? 'POST' : 'GET'),
    headers: { ...(body && { 'Content-Type': 'application/json' }), ...(cookie && { Cookie: cookie }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: (text ? JSON.parse(text) : {}) as Record<string, unknown>,
    cookies: response.headers.getSetCookie().map((cookieLine) => cookieLine.split(';')[0]!),
    retryAfter: response.headers.get('retry-after'),
    took: performance.now() - start,
  };
}

/** `sid=…` of an answer that signed somebody in. @throws for any other */
export function sessionCookieOf({ status, body, cookies }: Answer): string {
  const cookie = cookies.find((pair) => pair.startsWith('sid='));
  if (status !== 200 || !cookie) throw new Error(`nobody was signed in: ${status} ${JSON.stringify(body)}`);
  return cookie;
}

/** A new account at this address, one that nobody else knows unless told. @throws unless it is made */
export async function signUpAt(
  url: string,
  account: Credentials = { username: freshUsername(), password: PASSWORD },
): Promise<Credentials> {
  const { status, body } = await ask(`${url}/users/signup`, { body: account });
  if (status !== 201) throw new Error(`nobody was signed up: ${status} ${JSON.stringify(body)}`);
  return account;
}

/** A new session of this account, as its cookie. @throws unless it is made */
export async function signInAt(url: string, account: Credentials): Promise<string> {
  return sessionCookieOf(await ask(`${url}/users/login`, { body: account }));
}

/** The status of readiness: 200, or 503. */
export async function readiness(url: string): Promise<number> {
  return (await ask(`${url}/health/ready`)).status;
}
