import type { AppConfig } from '../../config/app.config.js';
import { warning, type Problem } from './check.types.js';

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 30;

/** Timeouts that contradict each other or have no effect. */
export function lifetimeProblems({ session }: AppConfig): Problem[] {
  const { long, short, touchIntervalMs } = session;
  return [
    ...idleNever('SESSION_', long),
    ...idleNever('SESSION_SHORT_', short),
    ...when(short.absoluteMs > long.absoluteMs, 'short_lifetime_longer', {
      message: 'SESSION_SHORT_ABSOLUTE_TIMEOUT is longer than SESSION_ABSOLUTE_TIMEOUT',
      advice: 'The short timeouts are for users who choose not to be remembered: make them the shorter ones.',
    }),
    ...when(touchIntervalMs > Math.min(long.idleMs, short.idleMs) / 2, 'touch_interval_too_long', {
      message: 'SESSION_TOUCH_INTERVAL is longer than half an idle timeout; half of that timeout is used instead',
      advice: 'Set it to a tenth of the shortest idle timeout or less.',
    }),
    ...when(long.absoluteMs > LONGEST_DAYS * DAY_MS, 'lifetime_too_long', {
      message: `SESSION_ABSOLUTE_TIMEOUT is longer than ${LONGEST_DAYS} days, the maximum of NIST SP 800-63B`,
      advice: `Set it to ${LONGEST_DAYS}d or less; users then sign in again more often.`,
    }),
  ];
}

function idleNever(prefix: string, { idleMs, absoluteMs }: AppConfig['session']['long']): Problem[] {
  return when(idleMs > absoluteMs, 'idle_timeout_unreachable', {
    message: `${prefix}IDLE_TIMEOUT is longer than ${prefix}ABSOLUTE_TIMEOUT, so it never ends a session`,
    advice: 'Make the idle timeout shorter: it protects a device that was left behind.',
  });
}

function when(wrong: boolean, code: string, { message, advice }: Pick<Problem, 'message' | 'advice'>): Problem[] {
  return wrong ? [warning(code, message, advice)] : [];
}
