import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { FarthingClient, type Meter, type MeterContent, type Plan, type PlanContent } from "@farthing/sdk";
import type { Command } from "commander";
import { table } from "./table.ts";
import { findTarget, type TargetFlags, withTargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** `farthing meter` and `farthing plan`: what is counted and what is charged. */
export function addCatalogCommands(program: Command, terminal: Terminal): void {
  const meter = program.command("meter").description("what is counted");
  addPut(meter, terminal, async (client, key, content) => {
    const { revision } = await client.meters.put(key, content as MeterContent);
    return `meter ${key} is at revision ${revision}`;
  });
  addList(meter, terminal, async (client) => meterTable(await all(client.meters.each())));

  const plan = program.command("plan").description("what is charged");
  addPut(plan, terminal, async (client, key, content) => {
    const { version } = await client.plans.put(key, content as PlanContent);
    return `plan ${key} is at version ${version}`;
  });
  addList(plan, terminal, async (client) => planTable(await all(client.plans.each())));
}

function addPut(
  parent: Command,
  terminal: Terminal,
  put: (client: FarthingClient, key: string, content: unknown) => Promise<string>,
): void {
  const command = parent
    .command("put")
    .description("make one, or change it")
    .argument("<file.json>", 'its content, with a "key"')
    .argument("[key]", "its key, where the file has none");
  withTargetFlags(command).action(async (file: string, key: string | undefined, flags: TargetFlags) => {
    const { key: ownKey, ...content } = readContent(file, terminal);
    const name = key ?? ownKey;
    if (typeof name !== "string") throw new UsageError(`${file} has no "key"; give it after the file.`);
    const words = await put(new FarthingClient(findTarget(flags, terminal)), name, content);
    await terminal.out(flags.json ? `${JSON.stringify({ key: name })}\n` : `${words}\n`);
  });
}

function addList(parent: Command, terminal: Terminal, list: (client: FarthingClient) => Promise<Listing>): void {
  const command = parent.command("list").description("list them all");
  withTargetFlags(command).action(async (flags: TargetFlags) => {
    const { items, text } = await list(new FarthingClient(findTarget(flags, terminal)));
    await terminal.out(flags.json ? `${JSON.stringify(items)}\n` : text);
  });
}

interface Listing {
  readonly items: readonly unknown[];
  readonly text: string;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function meterTable(items: readonly Meter[]): Listing {
  const columns = ["meter", "event type", "aggregation", "value", "group by", "filter"].map((heading) => ({ heading }));
  const rows = items.map(({ key, eventType, aggregation, value, groupBy, filter }) => [
    key,
    eventType,
    aggregation,
    value,
    groupBy.join(" "),
    filter === undefined ? undefined : JSON.stringify(filter),
  ]);
  return { items, text: table(columns, rows) };
}

function planTable(items: readonly Plan[]): Listing {
  const columns = ["plan", "version", "currency", "interval", "prices"].map((heading) => ({ heading }));
  const rows = items.map(({ key, version, currency, interval, prices }) => [
    key,
    version,
    currency,
    interval,
    prices.length,
  ]);
  return { items, text: table(columns, rows) };
}

function readContent(file: string, { cwd }: Terminal): Record<string, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(resolve(cwd, file), "utf8"));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof content === "object" && content !== null && !Array.isArray(content))
    return content as Record<string, unknown>;
  throw new UsageError(`${file} is not a JSON object.`);
}
