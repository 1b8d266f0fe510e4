import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { FarthingClient } from "@farthing/sdk";
import { describe, expect, test } from "vitest";
import { numbers } from "../bench/workload.ts";
import { billOf, days, describeWeb, settleThrough } from "../support/access-log-bill.ts";
import { startCommand } from "../support/command-line.ts";
import { LocalFarthing } from "../support/local-farthing.ts";
import { sumOf } from "../support/picos.ts";
import { sharedFile } from "../support/shared-file.ts";

const log = sharedFile("data/apache-access.log", "the kills during import, roll and settlement");
const seeds = Number(process.env.FARTHING_CRASH_SEEDS ?? 2);
/** Of the log's 10,000 lines: a part in `npm test`, all of them in `npm run test:crash`. */
const lines = seeds > 2 ? 10_000 : 600;
const patienceMs = 500_000;

/** Kills something of it at a random moment, again and again. */
async function killer(farthing: LocalFarthing, next: () => number, times: number): Promise<void> {
  for (let kill = 0; kill < times; kill++) {
    await wait(300 + (next() % 2_500));
    const choice = next() % 4;
    if (choice === 0) {
      await farthing.killAll();
      await farthing.startAgain();
    } else farthing.kill(choice === 1 ? "dynamo" : "cloud");
  }
}

/** Tries again what a killed process refuses, for as long as anyone would. */
async function untilDone<T>(attempt: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + patienceMs; ; await wait(250)) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** Imports to the end, though the importer itself is killed too. */
async function importAll(path: string, farthing: LocalFarthing, next: () => number): Promise<void> {
  for (let run = 0; ; run++) {
    const command = startCommand(["import", "access-log", path, "--plan", "web", "--data", farthing.dir]);
    const killed = run < 2 ? wait(500 + (next() % 3_000)).then(() => command.kill()) : undefined;
    const { code } = await command.ended;
    await killed;
    if (code === 0) return;
    await wait(250);
  }
}

describe.skipIf(log === undefined)("a machine that dies again and again", () => {
  test.for(Array.from({ length: seeds }, (_, at) => at + 1))(
    "bills the same to the last digit: seed %i",
    async (seed) => {
      const folder = mkdtempSync(join(tmpdir(), "farthing-crash-"));
      const path = join(folder, "access.log");
      const text = readFileSync(log ?? "", "latin1")
        .split("\n")
        .slice(0, lines)
        .join("\n");
      writeFileSync(path, `${text}\n`, "latin1");
      const bill = billOf(path);
      const next = numbers(seed);
      await using farthing = await LocalFarthing.start();
      // Longer than the gateway waits, so that no report is asked for again while the last one is still counted.
      const client = new FarthingClient({
        key: farthing.keys.admin,
        url: farthing.api,
        attempts: 5,
        timeoutMs: 31_000,
      });
      await describeWeb(client);

      await Promise.all([importAll(path, farthing, next), killer(farthing, next, 4)]);
      const { id } = await untilDone(() => client.settlements.create({ through: settleThrough }));
      const settled = untilDone(async () => {
        const settlement = await client.settlements.get(id);
        if (settlement.status !== "done") throw new Error(`the settlement is ${settlement.status}`);
      });
      await Promise.all([settled, killer(farthing, next, 4)]);

      const accepted = bill.values().reduce((sum, { requests }) => sum + requests, 0);
      await untilDone(async () => {
        const report = await client.reports.conservation(days);
        expect(report).toMatchObject({ accepted, billed: accepted, open: 0, gap: 0 });
      });
      const invoices = await untilDone(() => Array.fromAsync(client.invoices.each({ limit: 500 })));
      const billed = Map.groupBy(invoices, ({ customer }) => customer);
      expect(new Set(billed.keys())).toEqual(new Set(bill.keys()));
      for (const [customer, used] of bill) {
        const exact = sumOf((billed.get(customer) ?? []).map((invoice) => invoice.exact));
        expect([customer, exact]).toEqual([customer, used.exact]);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  );
});
