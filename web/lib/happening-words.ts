import type { InvoiceHappening } from "@farthing/sdk";

const events: Record<InvoiceHappening["event"], string> = {
  sealed: "Sealed",
  carried: "Carried to the next invoice",
  collected: "Paid",
  fell_due: "Fell due unpaid",
  paid_outside: "Paid outside of Farthing",
  voided: "Voided",
  written_off: "Written off",
  given_up: "Given up after the last try",
  credited: "Credited",
};

const owners: Record<InvoiceHappening["by"], string> = {
  billing: "billing",
  collection: "collection",
  people: "a person",
};

/** What happened to an invoice, in words; an event that is new to this console is shown by its name. */
export function happeningWords(event: string): string {
  return isNamed(events, event) ? events[event] : event.replaceAll("_", " ");
}

/** Whose doing it was, in words. */
export function ownerWords(by: string): string {
  return isNamed(owners, by) ? owners[by] : by;
}

function isNamed<T extends object>(names: T, name: PropertyKey): name is keyof T {
  return Object.hasOwn(names, name);
}
