export interface Answer {
  status: number;
  body: Record<string, unknown>;
  /** `name=value` of every cookie that was set. */
  cookies: string[];
  retryAfter: string | null;
  /** Milliseconds from the request to the whole answer. */
  took: number;
}

export interface Ask {
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

/** `sid=…` of an answer that signed somebody in. */
export function sessionCookieOf({ cookies }: Answer): string {
  return cookies.find((cookie) => cookie.startsWith('sid='))!;
}
