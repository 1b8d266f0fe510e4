/** How long a billing period may be. */
export const intervals = ["day", "week", "month", "quarter", "year"] as const;

/** How long a billing period is; it begins with a day in the customer's time zone. */
export type Interval = (typeof intervals)[number];
