import { type Backfill, FarthingClient } from "@farthing/sdk";
import type { Command } from "commander";
import { previewTable } from "./backfill-preview.ts";
import { table } from "./table.ts";
import { findTarget, type TargetFlags, withTargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";
import { wholeNumber } from "./whole-number.ts";

interface CommitFlags extends TargetFlags {
  readonly wait?: boolean;
  readonly timeout: number;
}

/** `farthing backfill`: old events that are looked at before they count. */
export function addBackfillCommands(program: Command, terminal: Terminal): void {
  const parent = program.command("backfill").description("old events that wait until they are committed as a whole");
  addOne(parent, terminal, { word: "open", says: "open one; import --backfill <name> fills it" }, (api, name) =>
    api.open(name),
  );
  addOne(parent, terminal, { word: "show", says: "show one and what it holds" }, (api, name) => api.get(name));
  addOne(parent, terminal, { word: "drop", says: "drop one: none of its events ever counts" }, (api, name) =>
    api.drop(name),
  );
  addCommit(parent, terminal);
  addPreview(parent, terminal);
  const list = parent.command("list").description("list them all");
  withTargetFlags(list).action(async (flags: TargetFlags) => {
    const items: Backfill[] = [];
    for await (const one of apiOf(flags, terminal).each()) items.push(one);
    await terminal.out(flags.json ? `${JSON.stringify(items)}\n` : listTable(items));
  });
}

type BackfillApi = FarthingClient["backfills"];

function apiOf(flags: TargetFlags, terminal: Terminal): BackfillApi {
  return new FarthingClient(findTarget(flags, terminal)).backfills;
}

function addOne(
  parent: Command,
  terminal: Terminal,
  { word, says }: { readonly word: string; readonly says: string },
  act: (api: BackfillApi, name: string) => Promise<Backfill>,
): void {
  const command = parent.command(word).description(says).argument("<name>", "its name");
  withTargetFlags(command).action(async (name: string, flags: TargetFlags) => {
    const backfill = await act(apiOf(flags, terminal), name);
    await terminal.out(flags.json ? `${JSON.stringify(backfill)}\n` : inWords(backfill));
  });
}

function addCommit(parent: Command, terminal: Terminal): void {
  const command = parent
    .command("commit")
    .description("commit one: its events count, and the next invoices bill them")
    .argument("<name>", "its name")
    .option("--wait", "wait until it is done")
    .option("--timeout <seconds>", "how long to wait", wholeNumber(1, 86_400), 3_600);
  withTargetFlags(command).action(async (name: string, flags: CommitFlags) => {
    const api = apiOf(flags, terminal);
    const begun = await api.commit(name);
    const backfill = flags.wait ? await api.wait(name, { timeoutMs: flags.timeout * 1000 }) : begun;
    await terminal.out(flags.json ? `${JSON.stringify(backfill)}\n` : inWords(backfill));
  });
}

function addPreview(parent: Command, terminal: Terminal): void {
  const command = parent
    .command("preview")
    .description("show what one would change of each customer's next invoices")
    .argument("<name>", "its name")
    .option("--through <time>", "invoices up to this moment; now when left out");
  withTargetFlags(command).action(async (name: string, flags: TargetFlags & { readonly through?: string }) => {
    const changes = [];
    const query = flags.through === undefined ? {} : { through: flags.through };
    for await (const change of apiOf(flags, terminal).eachChange(name, query)) changes.push(change);
    await terminal.out(flags.json ? `${JSON.stringify(changes)}\n` : previewTable(changes));
  });
}

function inWords({ name, status, events, customers, from, to }: Backfill): string {
  const range = from === undefined ? "" : `, from ${from} to ${to}`;
  const held = events === undefined ? "" : `: ${events} events of ${customers} customers${range}`;
  return `backfill ${name} is ${status}${held}\n`;
}

function listTable(items: readonly Backfill[]): string {
  const columns = ["backfill", "status", "events", "opened", "closed"].map((heading, at) => ({
    heading,
    isNumber: at === 2,
  }));
  return table(
    columns,
    items.map(({ name, status, events, createdAt, closedAt }) => [name, status, events, createdAt, closedAt]),
  );
}
