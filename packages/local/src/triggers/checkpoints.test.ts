import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openCheckpoints } from "./checkpoints.ts";

describe("openCheckpoints", () => {
  test("finds positions again, each for its trigger and shard, and leaves no other file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "farthing-checkpoints-"));
    const file = join(folder, "deeper", "streams.json");
    const first = openCheckpoints(file);
    expect(first.read("t", "s")).toEqual({});
    first.write("t", "s", { after: "10" });
    first.write("t", "s2", { after: "7", finished: true });
    first.write("__proto__", "constructor", { after: "1" });
    const again = openCheckpoints(file);
    expect([again.read("t", "s"), again.read("t", "s2")]).toEqual([{ after: "10" }, { after: "7", finished: true }]);
    expect(again.read("u", "s")).toEqual({});
    expect(await readdir(join(folder, "deeper"))).toEqual(["streams.json"]);
  });

  test("keeps positions in memory where there is no file", () => {
    const checkpoints = openCheckpoints(undefined);
    checkpoints.write("t", "s", { after: "1" });
    expect(checkpoints.read("t", "s")).toEqual({ after: "1" });
  });
});
