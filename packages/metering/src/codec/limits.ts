/**
 * What one bundle or page may hold, so that no valid-looking bytes can ask a reader for much memory. A writer stops at the
 * soft limits, a reader refuses past the hard ones; between them there is room for the largest event.
 *
 * Units: rows; cells (leaf values over all rows); nodes (members of all shapes); text in UTF-16 units when written and in
 * bytes when read; content in bytes.
 */
export const soft = { rows: 60_000, cells: 1_000_000, nodes: 60_000, text: 1_000_000 } as const;

/** What a reader accepts; see `soft`. */
export const hard = {
  rows: 65_536,
  cells: 1_048_576,
  nodes: 65_536,
  text: 8_388_608,
  content: 25_165_824,
  raw: 3_145_728,
  depth: 64,
} as const;
