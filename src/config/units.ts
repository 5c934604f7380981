// Not `ms` and `bytes`: they accept what a setting should not (negative, fractional, without a unit) and have no upper bound.
const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Ten years. Dates overflow only far beyond that. */
const LONGEST_MS = 3_650 * UNIT_MS.d;

/** `90s`, `15m`, `12h`, `7d` → milliseconds; undefined for anything else, and for more than ten years. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,9})([smhd])$/.exec(text);
  if (!match) return undefined;
  const milliseconds = Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS];
  return milliseconds > 0 && milliseconds <= LONGEST_MS ? milliseconds : undefined;
}

export interface Rate {
  points: number;
  windowMs: number;
}

/** `30/1m` → 30 points in a window of one minute; undefined for anything else. */
export function parseRate(text: string): Rate | undefined {
  const [, points, window = ''] = /^([1-9]\d{0,5})\/(\w+)$/.exec(text) ?? [];
  const windowMs = parseDuration(window);
  return windowMs ? { points: Number(points), windowMs } : undefined;
}

const UNIT_BYTES = { b: 1, kb: 1024, mb: 1024 * 1024 } as const;

/** `512b`, `64kb`, `1mb` → bytes; undefined for anything else. */
export function parseSize(text: string): number | undefined {
  const match = /^([1-9]\d{0,6})(b|kb|mb)$/i.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * UNIT_BYTES[match[2]!.toLowerCase() as keyof typeof UNIT_BYTES];
}
