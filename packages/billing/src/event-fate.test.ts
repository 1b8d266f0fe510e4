import { describe, expect, test } from "vitest";
import { fateOf, fateWords, type Standing } from "./event-fate.ts";

const plain: Standing = { role: "event", voided: false, sealed: false, typed: true, metered: true, priced: true };

describe("fateOf", () => {
  test.for<{ is: Partial<Standing>; fate: string; why: string }>([
    { is: {}, fate: "counted awaits_settlement open", why: "it waits for a settlement" },
    { is: { priced: false }, fate: "counted unrated open", why: "no price takes it yet" },
    { is: { metered: false, priced: false }, fate: "unmetered no_value open", why: "a meter finds no value in it" },
    {
      is: { typed: false, metered: false, priced: false },
      fate: "unmetered no_meter open",
      why: "no meter takes it yet",
    },
    { is: { voided: true }, fate: "voided void_pending open", why: "a void names it" },
    { is: { voided: true, metered: false }, fate: "voided void_pending open", why: "a void beats meters" },
    { is: { sealed: true }, fate: "counted billed billed", why: "a settlement billed it" },
    { is: { sealed: true, priced: false }, fate: "counted free free", why: "a settlement found no price" },
    {
      is: { sealed: true, metered: false, priced: false },
      fate: "unmetered no_meter_when_sealed unmetered",
      why: "a settlement found no meter",
    },
    { is: { sealed: true, voided: true }, fate: "voided void_pending billed", why: "the next invoice credits it" },
    {
      is: { struck: "voided", voided: true },
      fate: "voided void_settled voided",
      why: "a settlement knew of the void",
    },
    {
      is: { struck: "duplicate", voided: true },
      fate: "duplicate copy_at_seal duplicate",
      why: "a seal struck it first",
    },
    { is: { struck: "conflict" }, fate: "conflict differs_at_seal conflict", why: "a seal found other content" },
    {
      is: { role: "duplicate", voided: true },
      fate: "duplicate copy_at_roll duplicate",
      why: "a roll named it a copy",
    },
    { is: { role: "conflict", metered: false }, fate: "conflict differs_at_roll conflict", why: "a roll named it" },
  ])("says $fate where $why", ({ is, fate }) => {
    const found = fateOf({ ...plain, ...is });
    expect(`${found.verdict} ${found.code} ${found.outcome}`).toBe(fate);
    expect(fateWords[found.code].length).toBeGreaterThan(20);
  });
});
