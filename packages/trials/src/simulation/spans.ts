/** Units: milliseconds, all of them. */
export const second = 1_000;
/** A minute. */
export const minute = 60 * second;
/** An hour. */
export const hour = 60 * minute;
/** A day of UTC. */
export const day = 24 * hour;

/** An identity that is used again further away in event time is another event; older events are refused. */
export const windowMs = 35 * day;
/** Events further ahead are refused. */
export const aheadMs = 5 * minute;
