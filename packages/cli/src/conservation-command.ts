import { type Conservation, FarthingClient } from "@farthing/sdk";
import type { Command } from "commander";
import { moment } from "./moment.ts";
import { table } from "./table.ts";
import { findTarget, type TargetFlags, withTargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";

interface ConservationFlags extends TargetFlags {
  readonly from: string;
  readonly to: string;
}

/** `farthing conservation`: whether every accepted event is accounted for. A gap is exit code 1. */
export function addConservationCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("conservation")
    .description("show what became of every accepted event; fails when one is missing")
    .requiredOption("--from <time>", "from this moment, or the beginning of this day (UTC), on")
    .requiredOption("--to <time>", "up to this moment, or the beginning of this day");
  withTargetFlags(command).action((flags: ConservationFlags) => showConservation(flags, terminal));
}

async function showConservation(flags: ConservationFlags, terminal: Terminal): Promise<void> {
  const query = { from: moment(flags.from), to: moment(flags.to) };
  const report = await new FarthingClient(findTarget(flags, terminal)).reports.conservation(query);
  await terminal.out(flags.json ? `${JSON.stringify(report)}\n` : inWords(report));
  if (report.gap !== 0) terminal.end(1);
}

function inWords(report: Conservation): string {
  const names = ["accepted", "billed", "free", "duplicate", "conflict", "unmetered", "voided", "open", "gap"] as const;
  const rows = names.map((name) => [name, report[name]]);
  return `from ${report.from} to ${report.to}\n\n${table([{ heading: "" }, { heading: "events", isNumber: true }], rows)}`;
}
