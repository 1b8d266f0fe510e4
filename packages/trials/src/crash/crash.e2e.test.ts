import { FarthingClient } from "@farthing/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeWeb, month } from "../support/access-log-bill.ts";
import { expected, expectWholeConservation, expectWholeInvoices, expectWholeSettlement } from "../support/billed.ts";
import { LocalFarthing } from "../support/local-farthing.ts";
import { sharedFile } from "../support/shared-file.ts";
import { type CrashPlan, crashPlan } from "./crash-plan.ts";
import { importUnderKills, type KilledImport } from "./import-under-kills.ts";
import { settleUnderKills } from "./settle-under-kills.ts";

const log = sharedFile("data/apache-access.log", "crashes in the billing of 10,000 real requests");
const count = Number(process.env.FARTHING_CRASH_SEEDS ?? 2);
const first = Number(process.env.FARTHING_CRASH_FIRST_SEED ?? 1);

// A few seeds share one import, which has the kills of all of them; many seeds have an import each, and more kills.
const isShort = count <= 2;
const plans = Array.from({ length: count }, (_, at) => crashPlan(first + at, expected.requests, !isShort));
const imports: readonly (readonly CrashPlan[])[] = isShort ? [plans] : plans.map((plan) => [plan]);

const clientOf = ({ api: url, keys }: LocalFarthing): FarthingClient =>
  new FarthingClient({
    key: keys.admin,
    url,
    attempts: 100,
    backoff: { baseMs: 100, capMs: 1_000 },
    timeoutMs: 60_000,
  });

const words = (victims: readonly string[]): string => victims.join(", ") || "nothing";

describe.skipIf(log === undefined).for(imports.map((sharing) => ({ seeds: sharing.map(({ seed }) => seed), sharing })))(
  "10,000 real requests, billed under kills, seeds $seeds",
  ({ sharing }) => {
    let imported: LocalFarthing;
    let importing: KilledImport;

    beforeAll(async () => {
      imported = await LocalFarthing.start();
      await describeWeb(clientOf(imported));
      const argv = ["import", "access-log", log ?? "", "--plan", "web", "--data", imported.dir, "--json"];
      const kills = sharing.flatMap((plan) => plan.importing).toSorted((a, b) => a.afterEvents - b.afterEvents);
      importing = await importUnderKills(imported, argv, kills);
      await imported.killAll();
    });

    afterAll(() => imported?.[Symbol.asyncDispose]());

    test("the import is whole, whatever was killed in it", ({ annotate }) => {
      void annotate(`killed in the import: ${words(importing.landed)}`);
      expect(importing.end.code, importing.end.notes).toBe(0);
      expect(JSON.parse(importing.end.output)).toMatchObject({ accepted: expected.requests, problems: {} });
      expect(importing.landed).toContain("command");
      expect(importing.landed.length).toBeGreaterThan(1);
    });

    test.for(sharing)("seed $seed is billed to the last digit", async (plan, { annotate }) => {
      await using farthing = await LocalFarthing.start(imported);
      const client = clientOf(farthing);
      const { settlement, landed } = await settleUnderKills(farthing, client, plan);
      void annotate(`killed in the roll: ${words(landed.rolling)}; in the settlement: ${words(landed.settling)}`);
      expect(landed.rolling).not.toEqual([]);
      expect(landed.settling).not.toEqual([]);
      expectWholeSettlement(settlement);
      await expectWholeInvoices(client, settlement.id, log ?? "");
      await expectWholeConservation(client);
      for (const [meter, value] of [
        ["requests", String(expected.requests)],
        ["bytes", expected.bytes],
      ] as const)
        expect(await client.usage.query({ meter, ...month, window: "none" })).toMatchObject({ rows: [{ value }] });
    });
  },
);
