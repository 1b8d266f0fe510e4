import { FarthingClient, type UsageQuery, type UsageRow, type UsageWindow } from "@farthing/sdk";
import type { Command } from "commander";
import { moment } from "./moment.ts";
import { type Column, table } from "./table.ts";
import { findTarget, type TargetFlags, withTargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";

interface UsageFlags extends TargetFlags {
  readonly meter: string;
  readonly from: string;
  readonly to: string;
  readonly customer?: string;
  readonly window?: UsageWindow;
  readonly groupBy?: string;
  readonly timezone?: string;
  readonly exact?: boolean;
}

/** `farthing usage`: what a meter counts. */
export function addUsageCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("usage")
    .description("show what a meter counts")
    .requiredOption("--meter <key>", "the meter")
    .requiredOption("--from <time>", "from this moment, or the beginning of this day (UTC), on")
    .requiredOption("--to <time>", "up to this moment, or the beginning of this day")
    .option("--customer <id>", "of one customer")
    .option("--window <step>", "minute, hour, day, week, month or none")
    .option("--group-by <names>", "one row for each group: names with commas between")
    .option("--timezone <zone>", "the zone whose days and months are meant")
    .option("--exact", "find copies wherever they lie, as bills do");
  withTargetFlags(command).action((flags: UsageFlags) => showUsage(flags, terminal));
}

async function showUsage(flags: UsageFlags, terminal: Terminal): Promise<void> {
  const { meter, from, to, customer, window, groupBy, timezone, exact } = flags;
  const query: UsageQuery = {
    meter,
    from: moment(from),
    to: moment(to),
    ...(customer === undefined ? {} : { customer }),
    ...(window === undefined ? {} : { window }),
    ...(groupBy === undefined ? {} : { groupBy: groupBy.split(",") }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(exact === undefined ? {} : { exact }),
  };
  const usage = await new FarthingClient(findTarget(flags, terminal)).usage.query(query);
  await terminal.out(flags.json ? `${JSON.stringify(usage)}\n` : tableOf(usage.rows));
}

interface UsageColumn extends Column {
  readonly cell: (row: UsageRow) => string;
}

function tableOf(rows: readonly UsageRow[]): string {
  if (rows.length === 0) return "no usage\n";
  const columns: UsageColumn[] = [
    { heading: "from", cell: ({ from }) => from },
    { heading: "to", cell: ({ to }) => to },
    { heading: "customer", cell: ({ customer }) => customer ?? "" },
    { heading: "group", cell: ({ group }) => groupText(group) },
    { heading: "value", isNumber: true, cell: ({ value }) => value ?? "" },
  ];
  // Nobody needs to see a column of what was not asked for.
  const filled = columns.filter(({ heading, cell }) => heading === "value" || rows.some((row) => cell(row) !== ""));
  return table(
    filled,
    rows.map((row) => filled.map(({ cell }) => cell(row))),
  );
}

function groupText(group: UsageRow["group"]): string {
  return Object.entries(group ?? {})
    .map(([name, value]) => `${name}=${value ?? ""}`)
    .join(" ");
}
