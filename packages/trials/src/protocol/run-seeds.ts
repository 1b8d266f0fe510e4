import { parseArgs } from "node:util";
import { explain, runHistory } from "./run-history.ts";

/** Runs the histories of a range of seeds in this process; ends with 1 at the first that breaks an invariant, and tells it. */
const { values } = parseArgs({ options: { from: { type: "string" }, to: { type: "string" }, trace: { type: "boolean" } } });
const from = Number(values.from ?? 1);
const to = Number(values.to ?? from);
const every = Math.max(Math.ceil((to - from + 1) / 20), 500);

for (let seed = from; seed <= to; seed++) {
  const result = await runHistory({ seed });
  if (result.violations.length > 0 || values.trace) console.log(await explain({ seed }, result));
  if (result.violations.length > 0) {
    process.exitCode = 1;
    break;
  }
  if ((seed - from + 1) % every === 0) console.log(`${seed - from + 1} of ${to - from + 1} histories hold`);
}
