import { createWriteTransaction, type EntityConfiguration } from "electrodb";
import type { VersionedText, VersionedTexts } from "../versioned-text.ts";
import { taken } from "./lost-write.ts";
import { textHeadEntity } from "./text-head.entity.ts";
import { textVersionEntity } from "./text-version.entity.ts";

/**
 * Versioned texts in DynamoDB: each version an item for ever, and the newest one again in the merchant's list.
 *
 * One transaction writes both, so a list never misses a key and a head never names a version that is not there.
 */
export function dynamoTexts(config: EntityConfiguration): VersionedTexts {
  const entities = { versions: textVersionEntity(config), heads: textHeadEntity(config) };

  return {
    async currentText({ merchant, kind, key }) {
      const { data } = await entities.heads.get({ merchant, kind, key }).go({ consistent: true });
      return data === null ? undefined : plain(data);
    },
    async textAt({ merchant, kind, key }, version) {
      const { data } = await entities.versions.get({ merchant, kind, key, version }).go({ consistent: true });
      return data === null ? undefined : plain(data);
    },
    async addText(text) {
      const before = text.version - 1;
      const write = createWriteTransaction(entities, (to) => [
        to.versions.create(plain(text)).commit(),
        to.heads
          .put(plain(text))
          .where((at, is) => (before === 0 ? is.notExists(at.version) : is.eq(at.version, before)))
          .commit(),
      ]);
      const { canceled, data } = await write.go();
      return canceled ? taken(data) : "added";
    },
    async texts(of, { limit, after }) {
      const all = entities.heads.query.primary(of);
      const from = after === undefined ? all : all.gt({ key: after });
      // One more than asked for tells whether there is another page.
      const { data } = await from.go({ consistent: true, count: limit + 1 });
      const items = data.slice(0, limit).map(plain);
      const last = items.at(-1);
      return data.length > limit && last !== undefined ? { items, next: last.key } : { items };
    },
  };
}

function plain({ merchant, kind, key, version, text, createdAt }: VersionedText): VersionedText {
  return { merchant, kind, key, version, text, createdAt };
}
