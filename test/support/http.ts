import { freshUsername, PASSWORD, type Credentials } from './accounts.js';

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  /** `name=value` of each cookie that the response sets. */
  cookies: string[];
  retryAfter: string | null;
  /** Milliseconds from the request to the complete response. */
  took: number;
}

interface Ask {
  method?: string;
  body?: object;
  cookie?: string;
}

/** Sends one request by fetch, without a cookie jar: for tests that count responses. */
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

/** `sid=…` of a response that signed a user in. @throws for any other response */
export function sessionCookieOf({ status, body, cookies }: Answer): string {
  const cookie = cookies.find((pair) => pair.startsWith('sid='));
  if (status !== 200 || !cookie) throw new Error(`the sign-in failed: ${status} ${JSON.stringify(body)}`);
  return cookie;
}

/** Signs up an account at this URL, by default a new one. @throws unless it succeeds */
export async function signUpAt(
  url: string,
  account: Credentials = { username: freshUsername(), password: PASSWORD },
): Promise<Credentials> {
  const { status, body } = await ask(`${url}/users/signup`, { body: account });
  if (status !== 201) throw new Error(`the sign-up failed: ${status} ${JSON.stringify(body)}`);
  return account;
}

/** Signs in. @returns the session cookie @throws unless it succeeds */
export async function signInAt(url: string, account: Credentials): Promise<string> {
  return sessionCookieOf(await ask(`${url}/users/login`, { body: account }));
}

/** The status of /health/ready: 200 or 503. */
export async function readiness(url: string): Promise<number> {
  return (await ask(`${url}/health/ready`)).status;
}
