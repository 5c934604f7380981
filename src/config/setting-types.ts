import { z } from 'zod';
import { parseDuration, parseRate } from './units.js';

const LONGEST_WAIT_MS = 3_600_000;

/** A setting that `parse` converts from text; the error message says what it `accepts`. */
export function setting<T>(accepts: string, parse: (text: string) => T | undefined) {
  return z.string({ error: accepts }).transform((text, context): T => {
    const value = parse(text.trim());
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: accepts });
    return z.NEVER;
  });
}

export const duration = () => setting('a duration such as 90s, 15m, 12h or 7d', parseDuration);
/** A duration for a timer: Node's timers fire at once if they last longer than 24.8 days. */
export const wait = () =>
  setting('a duration of at most 1h, such as 90s or 15m', (text) => {
    const milliseconds = parseDuration(text);
    return milliseconds !== undefined && milliseconds <= LONGEST_WAIT_MS ? milliseconds : undefined;
  });
export const rate = () => setting('attempts per window, such as 30/1m', parseRate);
export const choice = <const T extends string>(...names: T[]) =>
  setting(`one of ${names.join(', ')}`, (text) => names.find((name) => name === text));
export const flag = () =>
  setting('true or false', (text) => (text === 'true' ? true : text === 'false' ? false : undefined));
export const whole = (min: number, max: number) =>
  setting(`a whole number from ${min} to ${max}`, (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  });
export const list = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
