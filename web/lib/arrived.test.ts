import type { SeenEvent } from "@farthing/sdk";
import { expect, test } from "vitest";
import { addArrived, noEvents, type Shown } from "./arrived.ts";

const event = (key: string): SeenEvent => ({ key, receivedAt: "", verdict: "counted", code: "billed", reason: "" });
const tail = (...keys: string[]) => ({ items: keys.map(event), oneIn: 1 });
const keys = ({ events, held }: Shown) => [events, held].map((list) => list.map(({ key }) => key).join(" "));

test("shows the newest first, and each once", () => {
  const first = addArrived(noEvents, tail("a", "b"), false);
  expect(keys(addArrived(first, tail("b", "c"), false))).toEqual(["c b a", ""]);
});

test("holds what arrives while it is paused, and lets it in afterwards", () => {
  const paused = addArrived(addArrived(noEvents, tail("a"), false), tail("b", "c"), true);
  expect(keys(paused)).toEqual(["a", "c b"]);
  expect(keys(addArrived(paused, tail("c", "d"), true))).toEqual(["a", "d c b"]);
  expect(keys(addArrived(paused, tail(), false))).toEqual(["c b a", ""]);
});

test("keeps a thousand rows at most, and says of how many one is shown", () => {
  const many = Array.from({ length: 1_500 }, (_, i) => String(i));
  const shown = addArrived(addArrived(noEvents, tail(...many), false), { items: [event("new")], oneIn: 7 }, false);
  expect(shown.events).toHaveLength(1_000);
  expect([shown.events[0]?.key, shown.events[1]?.key, shown.oneIn]).toEqual(["new", "1499", 7]);
  expect(addArrived(noEvents, tail(...many), true).held).toHaveLength(1_000);
});
