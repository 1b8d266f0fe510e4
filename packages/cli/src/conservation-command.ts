import { type Conservation, FarthingClient, type OutcomeCounts, type ReportQuery } from "@farthing/sdk";
import type { Command } from "commander";
import { moment } from "./moment.ts";
import { table } from "./table.ts";
import { findTarget, type TargetFlags, withTargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";

interface ConservationFlags extends TargetFlags {
  readonly from: string;
  readonly to: string;
  readonly customer?: string;
  readonly meter?: string;
  readonly groupBy?: "customer" | "meter";
}

const outcomes = ["billed", "free", "duplicate", "conflict", "unmetered", "voided", "open"] as const;

/** `farthing conservation`: whether every accepted event is accounted for. A gap is exit code 1. */
export function addConservationCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("conservation")
    .description("show what became of every accepted event; fails when one is missing")
    .requiredOption("--from <time>", "from this moment, or the beginning of this day (UTC), on")
    .requiredOption("--to <time>", "up to this moment, or the beginning of this day")
    .option("--customer <id>", "of one customer")
    .option("--meter <key>", "of one meter, over 31 days at most")
    .option("--group-by <name>", "a row for each customer or meter");
  withTargetFlags(command).action((flags: ConservationFlags) => showConservation(flags, terminal));
}

async function showConservation(flags: ConservationFlags, terminal: Terminal): Promise<void> {
  const { customer, meter, groupBy } = flags;
  const query: ReportQuery = {
    from: moment(flags.from),
    to: moment(flags.to),
    ...(customer === undefined ? {} : { customer }),
    ...(meter === undefined ? {} : { meter }),
    ...(groupBy === undefined ? {} : { groupBy }),
  };
  const report = await new FarthingClient(findTarget(flags, terminal)).reports.conservation(query);
  await terminal.out(flags.json ? `${JSON.stringify(report)}\n` : inWords(report));
  if (report.gap !== 0) terminal.end(1);
}

function inWords(report: Conservation): string {
  const rows = [...countRows(report), ["gap", report.gap] as const];
  const refused = report.rejected === undefined ? [] : [["rejected", report.rejected] as const];
  const columns = [{ heading: "" }, { heading: "events", isNumber: true }];
  const checked =
    report.check === undefined ? "" : `checked at ${report.check.checkedAt}, through ${report.check.through}\n`;
  return `from ${report.from} to ${report.to}\n\n${table(columns, [...rows, ...refused])}${checked}${groupsOf(report)}`;
}

function countRows(counts: OutcomeCounts): readonly (readonly [string, number])[] {
  return (["accepted", ...outcomes] as const).map((name) => [name, counts[name]] as const);
}

function groupsOf({ groups = [] }: Conservation): string {
  if (groups.length === 0) return "";
  const numbers = ["accepted", ...outcomes] as const;
  const columns = [
    { heading: "customer" },
    { heading: "meter" },
    ...numbers.map((heading) => ({ heading, isNumber: true })),
  ];
  const rows = groups.map((group) => [group.customer, group.meter, ...numbers.map((name) => group[name])]);
  return `\n${table(columns, rows)}`;
}
