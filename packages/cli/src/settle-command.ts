import { FarthingClient, type Settlement } from "@farthing/sdk";
import type { Command } from "commander";
import { table } from "./table.ts";
import { findTarget, type TargetFlags, withTargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";
import { wholeNumber } from "./whole-number.ts";

interface SettleFlags extends TargetFlags {
  readonly through: string;
  readonly customer?: readonly string[];
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  readonly timeout: number;
}

/** `farthing settle`: folds what was used into invoices. */
export function addSettleCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("settle")
    .description("fold what was used into sealed invoices")
    .requiredOption("--through <time>", "settle everything before this moment, or through this day (UTC)")
    .option("--customer <id...>", "only these customers")
    .option("--dry-run", "compute, and seal nothing")
    .option("--wait", "wait until it is done")
    .option("--timeout <seconds>", "how long to wait", wholeNumber(1, 86_400), 3_600);
  withTargetFlags(command).action(async (flags: SettleFlags) => terminal.end(await settle(flags, terminal)));
}

async function settle(flags: SettleFlags, terminal: Terminal): Promise<number> {
  const client = new FarthingClient(findTarget(flags, terminal));
  const { through, customer: customers, dryRun } = flags;
  const wanted = { through, ...(customers && { customers }), ...(dryRun && { dryRun }) };
  const created = await client.settlements.create(wanted);
  if (!flags.wait) {
    await terminal.out(flags.json ? `${JSON.stringify(created)}\n` : `settlement ${created.id} is ${created.status}\n`);
    return 0;
  }
  const settlement = await client.settlements.wait(created.id, {
    timeoutMs: flags.timeout * 1000,
    onProgress: teller(terminal),
  });
  await terminal.out(flags.json ? `${JSON.stringify(settlement)}\n` : inWords(settlement));
  return settlement.status === "done" ? 0 : 1;
}

function teller(terminal: Terminal): (settlement: Settlement) => void {
  let told = "";
  return ({ id, status }) => {
    if (status !== told) terminal.note(`settlement ${id} is ${status}`);
    told = status;
  };
}

function inWords({ id, status, through, customers, invoices, totals, dryRun }: Settlement): string {
  const what = dryRun ? "dry run" : "settlement";
  const head = `${what} ${id} through ${through} is ${status}: ${customers} customers, ${invoices} invoices\n`;
  const columns = ["currency", "exact", "invoiced", "carried"].map((heading, at) => ({ heading, isNumber: at > 0 }));
  const rows = totals.map(({ currency, exact, invoiced, carried }) => [currency, exact, invoiced, carried]);
  return rows.length === 0 ? head : `${head}\n${table(columns, rows)}`;
}
