import { isUtf8 } from 'node:buffer';

/** Limits nesting so that validation time does not depend on it. Neither JSON.parse nor body-parser has such a limit. */
const MAX_DEPTH = 32;

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/** Whether bytes may be parsed as JSON: valid UTF-8, nested MAX_DEPTH levels at most. */
export function isPlainJson(bytes: Buffer): boolean {
  return isUtf8(bytes) && depthOf(bytes) <= MAX_DEPTH;
}

function depthOf(bytes: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (inString && byte === BACKSLASH) i += 1;
    else if (byte === QUOTE) inString = !inString;
    else if (!inString && OPEN.has(byte)) deepest = Math.max(deepest, (depth += 1));
    else if (!inString && CLOSE.has(byte)) depth -= 1;
  }
  return deepest;
}
