import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type ExportFormat, FarthingClient, FarthingError } from "@farthing/sdk";
import { type Command, Option } from "commander";
import { findTarget, type TargetFlags, withTargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";

interface ExportFlags extends TargetFlags {
  readonly format: ExportFormat;
  readonly parts?: string;
}

/** `farthing export`: a settlement as a file, on the standard output, or as parts in a folder. */
export function addExportCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("export")
    .description("write a settlement to the standard output")
    .argument("<settlement>", "the settlement")
    .addOption(
      new Option("--format <name>", "the format")
        .choices(["csv", "jsonl", "journal", "xlsx", "parquet"])
        .default("csv"),
    )
    .option("--parts <folder>", "as many files as it takes, each with its own totals, into a folder");
  withTargetFlags(command).action((id: string, flags: ExportFlags) =>
    flags.parts === undefined ? writeWhole(id, flags, terminal) : writeParts(id, flags.parts, flags, terminal),
  );
}

async function writeWhole(id: string, flags: ExportFlags, terminal: Terminal): Promise<void> {
  const response = await new FarthingClient(findTarget(flags, terminal)).settlements.export(id, flags.format);
  if (response.body === null) throw new FarthingError("the export is empty", { code: "bad_answer" });
  for await (const chunk of response.body) await terminal.out(chunk);
}

async function writeParts(id: string, into: string, flags: ExportFlags, terminal: Terminal): Promise<void> {
  const folder = resolve(terminal.cwd, into);
  await mkdir(folder, { recursive: true });
  let number = 0;
  for await (const part of new FarthingClient(findTarget(flags, terminal)).settlements.exportParts(id, flags.format)) {
    number++;
    const file = join(folder, `${id.replaceAll(/[^\w.-]/g, "_")}-${number}.${flags.format}`);
    await writeFile(file, part.body ?? "");
    await terminal.out(`${file}\n`);
  }
}
