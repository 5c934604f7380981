/**
 * A stored time is ignored if it is further in the future than this factor times the longest wait or window: it was stored
 * before the clock was set back. The factor exceeds 1, because server clocks differ slightly: a new primary must not end a
 * wait, and another process must not reset a limit.
 */
export const MAX_CLOCK_SKEW_FACTOR = 2;
