import { type MerchantId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { putText, type TextName, type VersionedText, type VersionedTexts } from "./versioned-text.ts";

let tests = 0;
const fresh = (): MerchantId => merchantId(`Texts-${++tests}`);

function textOf(merchant: MerchantId, key: string, version: number, more: Partial<TextName> = {}): VersionedText {
  const text = `{"v":${version},"é":"\u{1F4B0}"}`;
  return { merchant, kind: "coupon", key, version, text, createdAt: 1_700_000_000_000 + version, ...more };
}

/** What every store of versioned texts does; merchants are fresh in each test, so that one table serves all. */
export function textsContract(name: string, open: () => VersionedTexts): void {
  describe(`versioned texts ${name}`, () => {
    test("are found in their newest and in every version, each once and without gap", async () => {
      const [texts, merchant] = [open(), fresh()];
      expect(await texts.currentText(textOf(merchant, "a", 1))).toBeUndefined();
      for (const version of [1, 2]) expect(await texts.addText(textOf(merchant, "a", version))).toBe("added");
      expect(await texts.addText({ ...textOf(merchant, "a", 2), text: "rival" })).toBe("taken");
      expect(await texts.addText(textOf(merchant, "a", 4))).toBe("taken");
      expect(await texts.currentText(textOf(merchant, "a", 9))).toEqual(textOf(merchant, "a", 2));
      expect(await texts.textAt(textOf(merchant, "a", 9), 1)).toEqual(textOf(merchant, "a", 1));
      expect(await texts.textAt(textOf(merchant, "a", 9), 4)).toBeUndefined();
    });

    test("are apart by merchant, kind and case", async () => {
      const [texts, merchant] = [open(), fresh()];
      await texts.addText(textOf(merchant, "AbC", 1));
      for (const other of [
        textOf(merchant, "abc", 1),
        textOf(merchant, "AbC", 1, { kind: "tax" }),
        textOf(fresh(), "AbC", 1),
      ])
        expect(await texts.currentText(other)).toBeUndefined();
    });

    test("take one of several writers at once", async () => {
      const [texts, merchant] = [open(), fresh()];
      const answers = await Promise.all([1, 2, 3].map(() => texts.addText(textOf(merchant, "a", 1))));
      expect(answers.filter((answer) => answer === "added").length).toBe(1);
    });

    test("are listed in their newest versions, in order of keys, page by page", async () => {
      const [texts, merchant] = [open(), fresh()];
      for (const key of ["b", "a", "B", "c"]) await texts.addText(textOf(merchant, key, 1));
      await texts.addText(textOf(merchant, "a", 2));
      await texts.addText(textOf(merchant, "d", 1, { kind: "tax" }));
      const first = await texts.texts({ merchant, kind: "coupon" }, { limit: 3 });
      expect([first.items.map(({ key, version }) => `${key} ${version}`), first.next]).toEqual([
        ["B 1", "a 2", "b 1"],
        "b",
      ]);
      const second = await texts.texts({ merchant, kind: "coupon" }, { limit: 3, after: "b" });
      expect(second).toEqual({ items: [textOf(merchant, "c", 1)] });
    });

    test("make a version of other text alone", async () => {
      const [texts, merchant] = [open(), fresh()];
      const put = (text: string, now: number) =>
        putText({ texts, clock: { now: () => now } }, { merchant, kind: "tax", key: "DE" }, text);
      expect([await put("a", 5), await put("a", 6), await put("b", 7), await put("a", 8)]).toMatchObject([
        { version: 1, createdAt: 5 },
        { version: 1, createdAt: 5 },
        { version: 2, createdAt: 7 },
        { version: 3, createdAt: 8 },
      ]);
    });
  });
}
