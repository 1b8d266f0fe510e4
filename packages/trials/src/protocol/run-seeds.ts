import { parseArgs } from "node:util";
import { mutations } from "./mutations.ts";
import { explain, runHistory } from "./run-history.ts";

/*
 * node packages/trials/src/protocol/run-seeds.ts --from 1 --to 1000 [--trace] [--mutation "a part of its name"]
 *
 * Runs the histories of a range of seeds in this process, and says how far it is. Ends with 1 at the first that breaks an
 * invariant, step by step.
 */
const { values } = parseArgs({
  options: {
    from: { type: "string" },
    to: { type: "string" },
    trace: { type: "boolean" },
    mutation: { type: "string" },
  },
});
const from = Number(values.from ?? 1);
const to = Number(values.to ?? from);
const mutation = mutations.find(({ name }) => values.mutation !== undefined && name.includes(values.mutation));
const sayEvery = 1_000;

for (let seed = from; seed <= to; seed++) {
  const options = { seed, mutation };
  const result = await runHistory(options);
  if (result.violations.length > 0 || values.trace) console.log(await explain(options, result));
  if (result.violations.length > 0) {
    process.exitCode = 1;
    break;
  }
  if ((seed - from + 1) % sayEvery === 0 || seed === to) console.log(`held ${seed - from + 1}`);
}
