import { expect } from 'vitest';

/** The longest time between the start of a session and its cookie, on a busy machine. */
const LATE_SECONDS = 10;

/** The `Set-Cookie` of this name, with lower-case attribute names; undefined if the response sets no such cookie. */
export function setCookie(answer: { headers: Record<string, unknown> }, name = 'sid') {
  const lines = (answer.headers['set-cookie'] as string[] | undefined) ?? [];
  const [line, more] = lines.filter((candidate) => candidate.startsWith(`${name}=`));
  if (more) throw new Error(`${name} is set twice`);
  if (line === undefined) return undefined;
  const [pair = '', ...attributes] = line.split('; ');
  return {
    /** `name=value`, as in a request. */
    pair,
    /** The secret id, without its signature. */
    secretId: decodeURIComponent(pair).slice(`${name}=s:`.length).split('.')[0]!,
    attributes: Object.fromEntries(attributes.map(attribute)),
  };
}

/** Expects Max-Age to be this long; slightly less is fine, more is not. */
export function expectToLast({ 'max-age': maxAge }: Record<string, string | true>, seconds: number): void {
  expect(Number(maxAge)).toBeLessThanOrEqual(seconds);
  expect(Number(maxAge)).toBeGreaterThan(seconds - LATE_SECONDS);
}

function attribute(text: string): [string, string | true] {
  const [name = '', value] = text.split('=');
  return [name.toLowerCase(), value ?? true];
}
