import type { TextName, VersionedText, VersionedTexts } from "./versioned-text.ts";

/** Keeps versioned texts in memory: for tests. */
export function memoryTexts(): VersionedTexts {
  const byName = new Map<string, VersionedText[]>();
  const nameOf = ({ merchant, kind, key }: TextName) => `${merchant}#${kind}#${key}`;
  const versions = (name: TextName): VersionedText[] => byName.get(nameOf(name)) ?? [];

  return {
    async currentText(name) {
      return versions(name).at(-1);
    },
    async textAt(name, version) {
      return versions(name).find((text) => text.version === version);
    },
    async addText(text) {
      const earlier = versions(text);
      if (earlier.length + 1 !== text.version) return "taken";
      byName.set(nameOf(text), [...earlier, text]);
      return "added";
    },
    async texts({ merchant, kind }, { limit, after = "" }) {
      const newest = [...byName.values()].flatMap((all) => all.slice(-1));
      const listed = newest.filter((one) => one.merchant === merchant && one.kind === kind && one.key > after);
      const items = listed.sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, limit);
      const last = items.at(-1);
      return listed.length > limit && last !== undefined ? { items, next: last.key } : { items };
    },
  };
}
