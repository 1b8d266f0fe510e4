import { customerId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { hourOf } from "./hour.ts";
import { memoryStatementLog } from "./memory-statements.ts";
import { RememberedLog } from "./remembered-log.ts";
import type { Statement } from "./statement.ts";
import { emptyTally } from "./tally.ts";

const customer = { merchant: merchantId("m"), customer: customerId("c") };
const hour = hourOf(1_000_000_000_000);

function statement(number: number): Statement {
  return {
    number,
    hour,
    root: String(number).padStart(64, "0"),
    counts: { events: 0, voids: 0, duplicates: 0, conflicts: 0 },
    first: 0,
    last: 0,
    tally: emptyTally,
    meterRevision: 0,
    page: { kind: "inline", blob: new Uint8Array() },
  };
}

describe("RememberedLog", () => {
  test("answers from memory what it appended to a log that was empty", async () => {
    const stored = memoryStatementLog();
    const log = new RememberedLog(stored);
    expect(await log.lastNumber(customer)).toBe(0);
    expect(await log.append(customer, statement(1))).toBe("appended");
    expect(await log.lastNumber(customer)).toBe(1);
    expect(await log.entriesOfHours(customer, hour, hourOf((hour + 1) * 3_600_000))).toHaveLength(1);
    expect(await log.entriesFrom(customer, 2)).toEqual([]);
  });

  test("reads again after another roll took its number", async () => {
    const stored = memoryStatementLog();
    const log = new RememberedLog(stored);
    expect(await log.lastNumber(customer)).toBe(0);
    await stored.append(customer, statement(1));
    expect(await log.append(customer, statement(1))).toBe("taken");
    expect(await log.lastNumber(customer)).toBe(1);
    expect((await log.entriesFrom(customer, 1)).map(({ number }) => number)).toEqual([1]);
  });
});
