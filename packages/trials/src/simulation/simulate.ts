import { isDeepStrictEqual } from "node:util";
import { rollEverything } from "@farthing/billing";
import { shardsEver } from "@farthing/metering";
import type { Blame } from "./check-answers.ts";
import { readReport } from "./check-conservation.ts";
import { questionsOf, readUsage } from "./check-usage.ts";
import { inspect, type Ranges } from "./inspect.ts";
import { Run } from "./run-story.ts";
import { day } from "./spans.ts";
import type { Spoiler } from "./spoilers.ts";
import { type Story, sceneText } from "./story.ts";
import type { Stretch } from "./wall-clock.ts";

/** What a simulation found to be wrong, and at which scene; nothing where all is right. */
export interface Finding {
  readonly scene: number;
  readonly blames: readonly string[];
}

/** Lets a story happen, and compares the product with the test's own reckoning whenever it is looked at, and at the end. */
export async function simulate(story: Story, spoil?: Spoiler["spoil"]): Promise<Finding | undefined> {
  return await simulateRun(new Run(story, spoil));
}

/** The same, of a run that the caller looks at afterwards. */
export async function simulateRun(run: Run): Promise<Finding | undefined> {
  const { story } = run;
  await run.begin();
  for (const [index, scene] of story.scenes.entries()) {
    const last = index === story.scenes.length - 1;
    const blames: string[] = [];
    try {
      await run.tell(scene);
      if (scene.do === "look") await look(run, { from: scene.from, to: scene.to }, (text) => blames.push(text));
      if (last) await finish(run, (text) => blames.push(text));
    } catch (error) {
      blames.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    if (blames.length > 0) return { scene: index, blames };
  }
  return undefined;
}

/** Before and after all is rolled, usage and the report answer the same; then all is compared. */
async function look(run: Run, range: Stretch, blame: Blame): Promise<void> {
  const asked = { usage: everything(run), report: range };
  const before = await readAll(run, asked);
  await rollAll(run);
  const after = await readAll(run, asked);
  for (const [index, answer] of before.entries()) {
    if (!isDeepStrictEqual(answer, after[index])) blame(`a roll changes ${text(answer)} to ${text(after[index])}`);
  }
  await inspect(run, asked, blame);
}

async function readAll(run: Run, asked: Ranges): Promise<readonly unknown[]> {
  const usage: unknown[] = [];
  // Which of two copies with other content counts hangs on the roll that is still to come: exact usage may foresee another.
  const live = questionsOf(run, asked.usage).filter(({ exact }) => !exact);
  for (const question of live) usage.push((await readUsage(run, question)).rows);
  return [...usage, await readReport(run, asked.report)];
}

async function rollAll({ ports, merchant }: Run): Promise<void> {
  for (const { shard } of shardsEver(await ports.rolls.plans.shardPlan(merchant, { fresh: true })))
    await rollEverything(ports.rolls, merchant, shard);
}

/** At the end no settlement may be left open, whatever was killed. */
async function finish(run: Run, blame: Blame): Promise<void> {
  const { world } = run;
  await run.tell({ at: run.now + 1, kills: [], do: "tick", bills: true });
  for (const { id } of await world.stores.settlements.unfinished()) blame(`settlement ${id} never ends`);
  await rollAll(run);
  await inspect(run, { usage: everything(run), report: everything(run) }, blame);
}

/** From before the oldest event, or hint of a void, that is ever sent. */
function everything({ story, now }: Run): Stretch {
  return { from: story.begins - 41 * day, to: now + day };
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? part.toString() : part));
}

/** What went wrong in a story, scene by scene, and how to see it again. */
export function explain({ seed, scenes }: Story, { scene, blames }: Finding): string {
  const told = scenes.slice(0, scene + 1).map(sceneText);
  const again = `FARTHING_SEED=${seed} npx vitest run --project simulation`;
  return [`seed ${seed}, after scene ${scene}:`, ...blames.slice(0, 20), ...told, `see it again: ${again}`].join("\n");
}
