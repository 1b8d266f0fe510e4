import type { RowHashes } from "./bundle.ts";
import { Murmur } from "./hash.ts";
import type { Rows } from "./read-rows.ts";
import type { TextTable } from "./text-table.ts";

/**
 * Hashes (customer, source, id) of each row: customer and source once each, as the four words that the hash of the id begins
 * from. It stands in statements, so it never changes.
 *
 * Source: docs/bundle-format.md, "Identity hash".
 */
export function hashIdentities({ count, customers, sources, ids }: Rows): RowHashes {
  const high = new Uint32Array(count);
  const low = new Uint32Array(count);
  const customerHashes = hashTexts(customers.table);
  const sourceHashes = hashTexts(sources.table);
  const murmur = new Murmur();
  for (let row = 0; row < count; row++) {
    const customer = 2 * (customers.indexes[row] ?? 0);
    const source = 2 * (sources.indexes[row] ?? 0);
    murmur.begin(
      customerHashes[customer] ?? 0,
      customerHashes[customer + 1] ?? 0,
      sourceHashes[source] ?? 0,
      sourceHashes[source + 1] ?? 0,
    );
    ids.hash(row, murmur);
    high[row] = murmur.h1;
    low[row] = murmur.h2;
  }
  return { high, low };
}

/** The first two words of the published hash of each text, under the seed 0. */
function hashTexts(texts: TextTable): Int32Array {
  const hashes = new Int32Array(2 * texts.count);
  const murmur = new Murmur();
  for (let i = 0; i < texts.count; i++) {
    murmur.begin(0, 0, 0, 0);
    murmur.bytes(texts.bytes, texts.start(i), texts.end(i));
    hashes[2 * i] = murmur.h1;
    hashes[2 * i + 1] = murmur.h2;
  }
  return hashes;
}
