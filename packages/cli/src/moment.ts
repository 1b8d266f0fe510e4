/** A time as the API takes it: a date alone is where that day begins, in UTC. */
export function moment(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
}
