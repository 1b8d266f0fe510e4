import { PutCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { expect, test } from "vitest";
import { attributesOf, valuesOf } from "./attribute.ts";
import { endpoint } from "./endpoint.fixture.ts";

/** The SDK loses a value of this name, which is no name of ours. */
const isTold = (name: string) => name !== "__proto__";
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.string({ unit: "binary" }),
    fc.double({ noNaN: true, min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 53n, max: 10n ** 37n }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string().filter(isTold), tie("value"), { maxKeys: 4 }),
  ),
}));
const item = fc.dictionary(fc.string({ minLength: 1, unit: "grapheme" }).filter(isTold), value, {
  minKeys: 1,
  maxKeys: 6,
});

test("any item is what the SDK makes of it, on its way there and back", async () => {
  const { sdk, straight, heard } = await endpoint();
  await straight.send(new PutCommand({ TableName: "journal", Item: {} }));
  await fc.assert(
    fc.asyncProperty(item, async (drawn) => {
      const Item = { ...drawn };
      await sdk.send(new PutCommand({ TableName: "journal", Item }));
      await straight.send(new PutCommand({ TableName: "journal", Item }));
      const [theirs, ours] = heard.slice(-2).map(({ body }) => JSON.parse(body).Item);
      expect(ours).toEqual(theirs);
      expect(valuesOf(attributesOf(Item))).toEqual(valuesOf(theirs));
      expect(Object.entries(valuesOf(ours))).toEqual(
        Object.entries(Item).map(([name, drawnValue]) => [name, plain(drawnValue)]),
      );
    }),
  );
});

/** Minus nought is nought in a text of digits. */
function plain(drawn: unknown): unknown {
  if (drawn === 0) return 0;
  if (Array.isArray(drawn)) return drawn.map(plain);
  if (typeof drawn !== "object" || drawn === null || drawn instanceof Uint8Array) return drawn;
  return Object.fromEntries(Object.entries(drawn).map(([name, inner]) => [name, plain(inner)]));
}
