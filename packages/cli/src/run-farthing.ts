import { FarthingError } from "@farthing/sdk";
import { Command, CommanderError } from "commander";
import { addBackfillCommands } from "./backfill-commands.ts";
import { addCatalogCommands } from "./catalog-commands.ts";
import { addConservationCommand } from "./conservation-command.ts";
import { addEventsCommand } from "./events-command.ts";
import { addExportCommand } from "./export-command.ts";
import { addImportCommand } from "./import-command.ts";
import { addInvoicesCommands } from "./invoices-command.ts";
import { addSettleCommand } from "./settle-command.ts";
import { addShardsCommand } from "./shards-command.ts";
import type { Terminal } from "./terminal.ts";
import { addUsageCommand } from "./usage-command.ts";
import { UsageError } from "./usage-error.ts";

const commands = [
  addImportCommand,
  addBackfillCommands,
  addSettleCommand,
  addInvoicesCommands,
  addUsageCommand,
  addConservationCommand,
  addEventsCommand,
  addExportCommand,
  addCatalogCommands,
  addShardsCommand,
];

/** Runs a command line. What goes wrong is told in a line; a fault of our own is thrown. */
export async function runFarthing(words: readonly string[], terminal: Terminal): Promise<void> {
  try {
    await programFor(terminal).parseAsync([...words], { from: "user" });
  } catch (error) {
    // Commander has said its own part already, and asking for help is no mistake.
    if (error instanceof CommanderError) return terminal.end(error.exitCode === 0 ? 0 : 2);
    if (!(error instanceof UsageError || error instanceof FarthingError)) throw error;
    terminal.note(`farthing: ${error.message}`);
    terminal.end(error instanceof UsageError ? 2 : 1);
  }
}

function programFor(terminal: Terminal): Command {
  const program = new Command("farthing")
    .description("Usage metering and batched micro-billing: the command line")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.out(text),
      writeErr: (text) => terminal.note(text.trimEnd()),
    });
  // Subcommands take over the settings that are there when they are made.
  for (const add of commands) add(program, terminal);
  return program;
}
