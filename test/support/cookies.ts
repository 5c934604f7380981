import { expect } from 'vitest';

/** From the moment that a session counts from to its cookie, on a machine that stands still meanwhile. */
const LATE_SECONDS = 10;

/** The `Set-Cookie` of this name, the names of its attributes in lower case; undefined when the answer sets none. */
export function setCookie(answer: { headers: Record<string, unknown> }, name = 'sid') {
  const lines = (answer.headers['set-cookie'] as string[] | undefined) ?? [];
  const [line, more] = lines.filter((candidate) => candidate.startsWith(`${name}=`));
  if (more) throw new Error(`${name} is set twice`);
  if (line === undefined) return undefined;
  const [pair = '', ...attributes] = line.split('; ');
  return {
    /** `name=value`, as a request carries it. */
    pair,
    /** The secret id, without its signature. */
    secretId: decodeURIComponent(pair).slice(`${name}=s:`.length).split('.')[0]!,
    attributes: Object.fromEntries(attributes.map(attribute)),
  };
}

/** That a cookie lasts so long: a little less where it was late, never more. */
export function expectToLast({ 'max-age': maxAge }: Record<string, string | true>, seconds: number): void {
  expect(Number(maxAge)).toBeLessThanOrEqual(seconds);
  expect(Number(maxAge)).toBeGreaterThan(seconds - LATE_SECONDS);
}

function attribute(text: string): [string, string | true] {
  const [name = '', value] = text.split('=');
  return [name.toLowerCase(), value ?? true];
}
