import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.js';

function logged(level: 'info' | 'error', fields: object, message = 'something happened') {
  const lines: string[] = [];
  createLogger({ logLevel: 'trace' }, { write: (line) => void lines.push(line) })[level](fields, message);
  return lines;
}

describe('logger', () => {
  it('writes one line of JSON with time in UTC, level and message', () => {
    const [line, ...more] = logged('info', { event: 'request', userId: 'u1' });
    expect(more).toEqual([]);
    expect(JSON.parse(line!)).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: 'info',
      event: 'request',
      userId: 'u1',
      message: 'something happened',
    });
  });

  it.each(['a\n{"level":"fatal"}', 'a\r\nb', '\u001b[31mred\u001b[0m', '\u2028\u2029\u0000\u0085', '"}\n{"', '\ud800'])(
    'escapes line breaks and control sequences: %j',
    (text) => {
      const lines = logged('info', { text, nested: { [text]: [text] } }, text);
      expect(lines).toHaveLength(1);
      expect(lines[0]!.indexOf('\n')).toBe(lines[0]!.length - 1);
      expect(Array.from(lines[0]!.slice(0, -1)).filter((character) => character < ' ')).toEqual([]);
      expect(JSON.parse(lines[0]!)).toHaveProperty('level', 'info');
    },
  );

  it('redacts secrets at every depth', () => {
    const secrets = { password: 'canary', newPassword: 'canary', passwordHash: 'canary', sid: 'canary' };
    const headers = { cookie: 'sid=canary', 'set-cookie': ['canary'], authorization: 'canary' };
    const [line] = logged('info', { ...secrets, body: secrets, request: { headers, body: secrets }, headers });
    expect(line).not.toContain('canary');
    expect(line).toContain('[redacted]');
  });

  it('logs name, message, stack and causes of an error, and no other fields', () => {
    const carried = { document: { password: 'canary' }, errInfo: { note: 'canary' } };
    const cause = Object.assign(new TypeError('the cause'), carried);
    const [line] = logged('error', { err: Object.assign(new Error('the error', { cause }), carried) });
    const { err } = JSON.parse(line!) as { err: unknown };
    expect(err).toEqual({
      type: 'Error',
      message: 'the error',
      stack: expect.stringContaining('logger.spec'),
      cause: { type: 'TypeError', message: 'the cause', stack: expect.any(String) },
    });
    expect(line).not.toContain('canary');
  });

  it('accepts an error that is its own cause, and thrown values that are not errors', () => {
    const circle = new Error('round');
    circle.cause = circle;
    expect(logged('error', { err: circle })).toHaveLength(1);
    expect(logged('error', { err: 'a text' })[0]).not.toContain('a text');
  });
});
