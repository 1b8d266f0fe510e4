import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChargeWindow } from "./charge-window.ts";
import { isIn } from "./stretches.ts";
import { windowMoves } from "./window-move.ts";
import { chargeWindow, subscription } from "./world.fixture.ts";

const forever = Number.POSITIVE_INFINITY;
const windowOf = (id: string, from: number, to = forever): ChargeWindow =>
  chargeWindow({ subscription: subscription({ id, start: from }), from, to });
const shown = (before: readonly ChargeWindow[], now: readonly ChargeWindow[], cut = 50) =>
  windowMoves(before, now, cut).map(({ window, gained, lost }) => {
    const texts = (ranges: typeof gained) => ranges.map(({ from, to }) => `${from}-${to}`).join(" ");
    return `${window.subscription.id} gained ${texts(gained)} lost ${texts(lost)}`;
  });

describe("windowMoves", () => {
  const a = windowOf("a", 10);
  test.for([
    { before: [a], now: [a], moves: [], why: "nothing changed" },
    { before: [], now: [a], moves: ["a gained 10-50 lost "], why: "made since" },
    { before: [a], now: [], moves: ["a gained  lost 10-50"], why: "taken over whole" },
    { before: [a], now: [windowOf("a", 10, 50)], moves: [], why: "ends at the cut" },
    { before: [a], now: [windowOf("a", 10, 49)], moves: ["a gained  lost 49-50"], why: "ends before the cut" },
    { before: [windowOf("a", 10, 20)], now: [a], moves: ["a gained 20-50 lost "], why: "goes on" },
    { before: [], now: [windowOf("b", 50)], moves: [], why: "begins at the cut" },
    {
      before: [a],
      now: [windowOf("a", 10, 30), windowOf("b", 30)],
      moves: ["a gained  lost 30-50", "b gained 30-50 lost "],
      why: "one from the other",
    },
  ])("are $moves: $why", ({ before, now, moves }) => {
    expect(shown(before, now)).toEqual(moves);
  });

  test("are before the first seal none", () => {
    expect(shown([], [a], Number.NEGATIVE_INFINITY)).toEqual([]);
  });

  test("tell of every sealed instant whether it came or went", () => {
    const windows = fc
      .array(fc.nat(20), { maxLength: 4 })
      .map((starts) =>
        starts
          .toSorted((x, y) => x - y)
          .map((from, index, all) => windowOf(`w${index % 3}${index}`, from, all[index + 1])),
      );
    fc.assert(
      fc.property(windows, windows, fc.nat(25), fc.nat(25), (before, now, cut, time) => {
        const held = (all: readonly ChargeWindow[]) =>
          all.filter((one) => time < cut && isIn([one], time)).map((one) => one.subscription.id);
        const moves = windowMoves(before, now, cut);
        const came = moves.filter(({ gained }) => isIn(gained, time)).map(({ window }) => window.subscription.id);
        const went = moves.filter(({ lost }) => isIn(lost, time)).map(({ window }) => window.subscription.id);
        expect(came).toEqual(held(now).filter((id) => !held(before).includes(id)));
        expect(went).toEqual(held(before).filter((id) => !held(now).includes(id)));
      }),
      { seed: 1 },
    );
  });
});
