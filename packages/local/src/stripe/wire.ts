/** A thing as it goes on the wire. */
export type Wire = Readonly<Record<string, unknown>>;

/** Which fields hold a thing itself instead of its id, as paths: `latest_charge.balance_transaction`. */
export type Expand = readonly string[];

/** The part of an expansion that is meant for a field's own thing; undefined where the field stays an id. */
export function inside(expand: Expand, field: string): Expand | undefined {
  const own = expand.filter((path) => path === field || path.startsWith(`${field}.`));
  return own.length === 0 ? undefined : own.map((path) => path.slice(field.length + 1)).filter(Boolean);
}

/** Fields that are there and hold nothing, named in one text. */
export function nothing(names: string): Readonly<Record<string, null>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, null]));
}

/** An address of which nothing is known. */
export const noAddress = nothing("city country line1 line2 postal_code state");
