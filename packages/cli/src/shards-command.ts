import { FarthingClient, type Shards } from "@farthing/sdk";
import type { Command } from "commander";
import { findTarget, type TargetFlags, withTargetFlags } from "./target.ts";
import type { Terminal } from "./terminal.ts";
import { wholeNumber } from "./whole-number.ts";

interface ShardsFlags extends TargetFlags {
  readonly set?: number;
}

/** `farthing shards`: over how many streams a merchant's events are spread. */
export function addShardsCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command("shards")
    .description("show over how many shards events are spread, or set it")
    .option("--set <count>", "so many, from the second full hour on", wholeNumber(1, 64));
  withTargetFlags(command).action(async (flags: ShardsFlags) => {
    const { shards } = new FarthingClient(findTarget(flags, terminal));
    const found = flags.set === undefined ? await shards.get() : await shards.set(flags.set);
    await terminal.out(flags.json ? `${JSON.stringify(found)}\n` : inWords(found));
  });
}

function inWords({ count, next }: Shards): string {
  return next === undefined ? `${count} shards\n` : `${count} shards, ${next.count} from ${next.from} on\n`;
}
