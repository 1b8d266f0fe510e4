import { describe, expect, test } from "vitest";
import { type InvoiceEvent, type InvoiceStatus, isOpen, transition, transitions } from "./invoice-state.ts";

const states: readonly InvoiceStatus[] = ["draft", "sealed", "past_due", "uncollectible", "paid", "void", "carried"];

/** Where each event leads from each state, in the order of `states`; a dash where it cannot happen. */
const table: Readonly<Record<InvoiceEvent, string>> = {
  sealed: "sealed - - - - - -",
  carried: "carried - - - - - -",
  collected: "- paid paid paid - - -",
  fell_due: "- past_due - - - - -",
  given_up: "- uncollectible uncollectible - - - -",
  paid_outside: "- paid paid paid - - -",
  voided: "- void void void - - -",
  written_off: "- uncollectible uncollectible - - - -",
};
const events = Object.keys(table) as InvoiceEvent[];

describe("transition", () => {
  test.for(events)("of %s", (event) => {
    const reached = states.map((state) => {
      const to = transition(state, event);
      if (!to.ok) expect(to.error).toMatchObject({ code: "invoice_not_open", invoiceStatus: state });
      return to.ok ? to.value : "-";
    });
    expect(reached.join(" ")).toBe(table[event]);
  });

  test("never leads back to a state, so that an event happens once", () => {
    const reach = (state: InvoiceStatus, seen: readonly InvoiceStatus[]): void => {
      expect(seen).not.toContain(state);
      for (const event of events) {
        const to = transition(state, event);
        if (to.ok) reach(to.value, [...seen, state]);
      }
    };
    reach("draft", []);
  });

  test("has one owner for each event", () => {
    const owners = Object.fromEntries(events.map((event) => [event, transitions[event].owner]));
    expect(owners).toEqual({
      sealed: "billing",
      carried: "billing",
      collected: "collection",
      fell_due: "collection",
      given_up: "collection",
      paid_outside: "people",
      voided: "people",
      written_off: "people",
    });
  });

  test("leaves open what still asks for money", () => {
    expect(states.filter(isOpen)).toEqual(["sealed", "past_due"]);
  });
});
