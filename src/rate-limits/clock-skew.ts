/**
 * A stored time that is further ahead than this many of its longest waits, or windows, was stored before the clock was set
 * back, and is ignored. The factor is not 1, because server clocks differ slightly: a new primary must not end a wait, and
 * another process must not reset a limit.
 */
export const MAX_CLOCK_SKEW_FACTOR = 2;
