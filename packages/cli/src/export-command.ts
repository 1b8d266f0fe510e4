import { FarthingClient, FarthingError } from "@farthing/sdk";
import type { Command } from "commander";
import { findTarget, type TargetFlags, withTargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";

interface ExportFlags extends TargetFlags {
  readonly format: string;
}

/** `farthing export`: a settlement as a file, on the standard output. */
export function addExportCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("export")
    .description("write a settlement to the standard output")
    .argument("<settlement>", "the settlement")
    .option("--format <name>", "the format", "csv");
  withTargetFlags(command).action((id: string, flags: ExportFlags) => writeExport(id, flags, terminal));
}

async function writeExport(id: string, flags: ExportFlags, terminal: Terminal): Promise<void> {
  const response = await new FarthingClient(findTarget(flags, terminal)).settlements.export(id, flags.format);
  if (response.body === null) throw new FarthingError("the export is empty", { code: "bad_answer" });
  for await (const chunk of response.body) await terminal.out(chunk);
}
