import { describe, expect, test } from "vitest";
import { BadFlag, readFlags } from "./flags.ts";

const read = (...argv: string[]) => readFlags(argv, { from: "/home/me/farthing/docs", root: "/home/me/farthing" });

describe("readFlags", () => {
  test("has defaults for everything", () => {
    expect(read()).toEqual({ port: 4510, console: true, demo: true, fresh: false, dir: "/home/me/farthing/.farthing" });
  });

  test("reads every flag", () => {
    const flags = read("--port", "5510", "--no-console", "--no-demo", "--data", "../../other", "--fresh");
    expect(flags).toEqual({ port: 5510, console: false, demo: false, fresh: true, dir: "/home/me/other" });
    expect(read("--port=0", "--data=/tmp/x")).toMatchObject({ port: 0, dir: "/tmp/x" });
  });

  test("answers nothing when help is wanted", () => {
    expect(read("--help")).toBeUndefined();
  });

  test.for([["--port", "many"], ["--port", "65535"], ["--port", "-1"], ["--colour"], ["surplus"], ["--port"]])(
    "refuses %j",
    (argv) => {
      expect(() => read(...argv)).toThrow(BadFlag);
    },
  );
});
