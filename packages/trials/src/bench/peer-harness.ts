import { execFile } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import * as v from "valibot";
import { repository } from "../support/local-farthing.ts";

const run = promisify(execFile);

/** Where the harness of hand-written stores lies, beside the repository. */
const harness = resolve(repository, "..", process.env.FARTHING_PEER_HARNESS ?? "shared/bench");
const postgres = "/usr/lib/postgresql/15/bin";

/** What a run of the harness says, as far as it is compared. */
export const Line = v.looseObject({
  events: v.number(),
  eventsPerSec: v.number(),
  errors: v.number(),
  firstErr: v.optional(v.nullable(v.string())),
  reqMs: v.looseObject({ p50: v.number(), p99: v.number() }),
  cpuSecPer1M: v.objectWithRest({ total: v.number() }, v.number()),
  expected: v.nullable(v.object({ distinct: v.number(), totalQty: v.number(), digest: v.string() })),
});
/** What a run of the harness says, as far as it is compared. */
export type Line = v.InferOutput<typeof Line>;

/** A load: flags of the harness. */
export type Load = Readonly<Record<"events" | "batch" | "customers" | "conc", number>>;

/** Why there is nothing to compare with here; undefined where there is. */
export function missingForPeers(): string | undefined {
  if (!existsSync(join(harness, "bench-url.mjs"))) return `the harness is not at ${harness}`;
  return existsSync(join(postgres, "initdb")) ? undefined : `PostgreSQL 15 is not at ${postgres}`;
}

/** A copy of the harness with the one driver that it needs, since its own folder may be read-only. */
export class PeerHarness implements Disposable {
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  /** Makes the copy in a folder; PostgreSQL runs as a user of its own, who must be able to walk there. */
  static async copyTo(place: string): Promise<PeerHarness> {
    const dir = mkdtempSync(join(place, "farthing-peers-"));
    chmodSync(dir, 0o755);
    cpSync(harness, dir, { recursive: true, filter: (source) => !source.includes("node_modules") });
    await run("chmod", ["-R", "u+w", dir]);
    rmSync(join(dir, "package.json"));
    await run("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "pg@8.23.1"], { cwd: dir });
    return new PeerHarness(dir);
  }

  /** Runs the hand-written PostgreSQL under a load, its data in `place`. */
  async postgres(load: Load, place: string): Promise<Line> {
    return await this.#line("bench.mjs", [...flags(load), "--peer", "pg", "--dir", join(place, "farthing-peers-pg")]);
  }

  /** Runs a server that listens already. */
  async server(load: Load, more: readonly string[], env: Readonly<Record<string, string>>): Promise<Line> {
    return await this.#line("bench-url.mjs", [...flags(load), ...more], env);
  }

  /** Sets what the harness would need to tell totals: the digest of sums by customer and meter. */
  async digestOf(totals: ReadonlyMap<string, number>): Promise<string> {
    const { digestTotals } = (await import(join(this.dir, "lib/events.mjs"))) as {
      digestTotals(totals: ReadonlyMap<string, number>): string;
    };
    return digestTotals(totals);
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  async #line(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Line> {
    const options = { cwd: this.dir, env: { ...process.env, ...env }, maxBuffer: 2 ** 24 };
    const { stdout } = await run(process.execPath, [program, ...args], options);
    return v.parse(Line, JSON.parse(stdout));
  }
}

function flags(load: Load): readonly string[] {
  return Object.entries(load).flatMap(([name, value]) => [`--${name}`, String(value)]);
}
