import { type EventQuery, FarthingClient, type Outcome, type SeenEvent, type Verdict } from "@farthing/sdk";
import type { Command } from "commander";
import { moment } from "./moment.ts";
import { table } from "./table.ts";
import { findTarget, type TargetFlags, withTargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";
import { wholeNumber } from "./whole-number.ts";

interface EventFlags extends TargetFlags {
  readonly customer?: string;
  readonly type?: string;
  readonly id?: string;
  readonly meter?: string;
  readonly from?: string;
  readonly to?: string;
  readonly verdict?: Verdict;
  readonly outcome?: Outcome;
  readonly limit: number;
  readonly follow?: boolean;
}

/** `farthing events`: what became of events, and why; `--follow` shows them as they arrive. */
export function addEventsCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("events")
    .description("list events with what became of each and why, newest first")
    .option("--customer <id>", "of one customer")
    .option("--type <type>", "of one type")
    .option("--id <id>", "of one id")
    .option("--meter <key>", "that one meter takes")
    .option("--from <time>", "from this moment, or the beginning of this day (UTC), on")
    .option("--to <time>", "up to this moment, or the beginning of this day")
    .option("--verdict <verdict>", "counted, duplicate, conflict, unmetered, voided or rejected")
    .option("--outcome <name>", "behind a number of the conservation report: billed, free, open, …")
    .option("--limit <count>", "as many at most", wholeNumber(1, 100_000), 50)
    .option("--follow", "show events as they arrive, until it is stopped");
  withTargetFlags(command).action((flags: EventFlags) => showEvents(flags, terminal));
}

async function showEvents(flags: EventFlags, terminal: Terminal): Promise<void> {
  const api = new FarthingClient(findTarget(flags, terminal));
  if (flags.follow === true) return await follow(api, flags, terminal);
  const events: SeenEvent[] = [];
  for await (const event of api.events.each(queryOf(flags))) {
    events.push(event);
    if (events.length >= flags.limit) break;
  }
  await terminal.out(flags.json ? `${JSON.stringify(events)}\n` : listed(events));
}

async function follow(api: FarthingClient, { customer, type, json }: EventFlags, terminal: Terminal): Promise<void> {
  const query = { ...(customer === undefined ? {} : { customer }), ...(type === undefined ? {} : { type }) };
  for await (const { items, oneIn } of api.events.follow(query)) {
    if (oneIn > 1) terminal.note(`showing 1 in ${oneIn}`);
    const lines = items.map((event) => (json ? JSON.stringify(event) : lineOf(event)));
    if (lines.length > 0) await terminal.out(`${lines.join("\n")}\n`);
  }
}

function queryOf({ customer, type, id, meter, from, to, verdict, outcome, limit }: EventFlags): EventQuery {
  const given = Object.entries({ customer, type, id, meter, verdict, outcome }).filter(
    ([, value]) => value !== undefined,
  );
  return {
    ...Object.fromEntries(given),
    limit: Math.min(limit, 500),
    ...(from === undefined ? {} : { from: moment(from) }),
    ...(to === undefined ? {} : { to: moment(to) }),
  };
}

function listed(events: readonly SeenEvent[]): string {
  if (events.length === 0) return "no events\n";
  const headings = ["time", "customer", "type", "id", "quantity", "verdict", "code"].map((heading) => ({ heading }));
  return table(
    headings,
    events.map((event) => [
      event.time ?? event.receivedAt,
      event.customer,
      event.type,
      event.id ?? moreOf(event),
      quantities(event),
      event.verdict,
      event.code,
    ]),
  );
}

function lineOf(event: SeenEvent): string {
  const cells = [event.receivedAt, event.customer, event.type, event.id ?? moreOf(event), event.verdict, event.code];
  return cells.map((cell) => (cell ?? "").replaceAll(/\p{Cc}/gu, "?")).join("  ");
}

function moreOf({ more }: SeenEvent): string {
  return more === undefined ? "" : `and ${more} more`;
}

function quantities({ meters = [] }: SeenEvent): string {
  return meters.map(({ meter, quantity }) => `${meter}=${quantity ?? ""}`).join(" ");
}
