import fc from "fast-check";
import { expect, test } from "vitest";
import { ledgerCommands } from "./ledger-commands.fixture.ts";
import { memoryBooks } from "./memory.ts";
import { Oracle } from "./oracle.fixture.ts";

test("whatever is posted, held, run, closed and done again after a crash, the books are what a plain list says", async () => {
  await fc.assert(
    fc.asyncProperty(ledgerCommands({ maxCommands: 40 }), async (commands) => {
      const books = memoryBooks();
      const oracle = new Oracle();
      await fc.asyncModelRun(() => ({ model: oracle, real: { books } }), commands);
      await oracle.check(books, [oracle.now, oracle.now - 1]);
    }),
    { numRuns: 300 },
  );
  expect.hasAssertions();
});
