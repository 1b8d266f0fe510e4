import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { api, log, logLine, place } from "./import.fixture.ts";
import { temporaryFolder } from "./temporary-folder.fixture.ts";
import { runCommand } from "./terminal.fixture.ts";

describe("farthing import", () => {
  test("sends a file, and leaves nothing behind but the events", async () => {
    const { server, run, imports } = await place(log(1_234));
    const end = await run("--batch", "100");
    expect(end).toMatchObject({ exitCode: 0, output: "1,234 events accepted\n" });
    expect(end.notes.at(-1)).toBe("100%: 1,234 events accepted");
    expect([server.stored.size, server.requests.length, server.requests[0]?.query]).toEqual([1_234, 13, ""]);
    expect(readdirSync(imports)).toEqual([]);
  });

  test("sent again, changes nothing", async () => {
    const { server, json } = await place(log(10));
    expect(await json()).toMatchObject({ accepted: 10, duplicates: 0, problems: {} });
    expect(await json()).toMatchObject({ accepted: 10, problems: {} });
    expect([server.stored.size, server.altered]).toEqual([10, []]);
  });

  test("gives equal lines ids of their own, and equal files equal ids", async () => {
    const content = `${logLine(1)}\n${logLine(1)}\n`;
    const [one, other] = [await place(content), await place(content, {}, "renamed.log")];
    await one.run();
    await other.run();
    expect(one.server.stored.size).toBe(2);
    expect([...one.server.stored]).toEqual([...other.server.stored]);
  });

  test("reads each format, named in front, behind, or by the extension", async () => {
    const { server, file, cwd } = await place("customer,type\nacme,call\n", {}, "events.csv");
    const target = ["--url", server.url, "--key", "k", "--data", cwd];
    for (const words of [["csv", file], [file, "--format", "csv"], [file]]) {
      expect(await runCommand(["import", ...words, ...target], { cwd })).toMatchObject({ exitCode: 0 });
    }
    writeFileSync(join(cwd, "events.ndjson"), '{"type":"call","customer":"acme","data":{"n":1.50}}');
    expect(
      await runCommand(["import", "events.ndjson", ...target], { cwd: "/", env: { INIT_CWD: cwd } }),
    ).toMatchObject({ exitCode: 0 });
    expect(server.stored.size).toBe(2);
    expect([...server.stored.values()].at(-1)).toContain('"n":1.50');
  });

  test.for([
    { words: ["import", "missing.log"], says: "There is no file missing.log." },
    { words: ["import", "x.txt"], says: "The format of x.txt cannot be told from its name." },
    { words: ["import", "x.log", "--format", "xml"], says: 'There is no format "xml".' },
    { words: ["import", "csv", "x.csv", "y.csv"], says: "Give one file at a time." },
    { words: ["import", "x.csv", "--batch", "0"], says: "whole number from 1 to 10000" },
    { words: ["import", "x.csv", "--delimiter", "--"], says: "--delimiter is one character." },
    { words: ["import"], says: "missing required argument" },
    { words: ["imprt"], says: "unknown command" },
  ])("ends with 2 when it is called wrongly: $words", async ({ words, says }) => {
    const { exitCode, notes } = await runCommand(words);
    expect([exitCode, notes.join()]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe("an old access log", () => {
  test("is sent as a backfill that names itself", async () => {
    const { server, run, json } = await place(log(3, "17/May/2015"));
    const { notes } = await run();
    const name = /backfill "(import-[0-9a-f]{8})"/.exec(notes.join())?.[1];
    expect(server.requests[0]?.query).toBe(`backfill=${name}`);
    expect(await json("--backfill", "mine")).toMatchObject({ backfill: "mine" });
    expect(server.requests[1]?.query).toBe("backfill=mine");
  });

  test("waits where its backfill is open, and says what to do", async () => {
    const { run } = await place(log(3, "17/May/2015"), { staged: true });
    expect((await run("--backfill", "mine")).output).toBe(
      '3 events accepted, as backfill "mine"\nthey wait: see "farthing backfill preview mine", then commit or drop it\n',
    );
  });

  test("is one from the 35th day on", async () => {
    const { server, file, run, cwd } = await place(log(1, "20/Nov/2026"));
    const at = (day: number) => ({ cwd, now: () => Date.UTC(2026, 10, 20, 10, 0, 0) + day * 86_400_000 });
    await run();
    const words = ["import", file, "--url", server.url, "--key", "k", "--data", cwd];
    await runCommand(words, { ...at(35), now: () => at(35).now() - 1 });
    await runCommand(words, at(35));
    expect(server.requests.map(({ query }) => query !== "")).toEqual([false, false, true]);
  });

  test("in another format is refused by the API, and the flag is named", async () => {
    const { run } = await place(
      '{"customer":"c","type":"t","time":"2015-05-17T00:00:00Z"}\n',
      { refuse: () => "time_too_old" },
      "a.ndjson",
    );
    const { exitCode, output } = await run();
    expect([exitCode, output]).toEqual([1, expect.stringMatching(/1 × time_too_old .*--backfill <name>/)]);
  });
});

describe("lines that cannot be imported", () => {
  const content = `${logLine(1)}\nnonsense\n${logLine(2)}\n\n${logLine(3)}\nmore\n`;

  test("are told with their numbers, listed in a file, and end with 1; all others arrive", async () => {
    const refuse = ({ id }: Readonly<Record<string, unknown>>) =>
      String(id).endsWith(":3") ? "invalid_event" : undefined;
    const { server, run, json, imports } = await place(content, { refuse });
    const { exitCode, output, notes } = await run();
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^2 events accepted\nnot imported: 2 × unreadable\nnot imported: 1 × invalid_event\n/);
    expect(notes.filter((note) => note.startsWith("line"))).toEqual([
      "line 2: unreadable: not a line of the common or combined log format",
      "line 3: invalid_event: it is invalid_event",
      "line 6: unreadable: not a line of the common or combined log format",
    ]);
    expect(server.stored.size).toBe(2);

    const { problemsFile } = await json();
    expect(readdirSync(imports)).toHaveLength(1);
    const listed = readFileSync(problemsFile, "utf8").trim().split("\n");
    expect(listed.map((one) => JSON.parse(one).line)).toEqual([2, 3, 6]);
  });

  test("are shown up to a few", async () => {
    const { run } = await place("x\n".repeat(50));
    const { notes } = await run();
    expect(notes.filter((note) => note.startsWith("line"))).toHaveLength(20);
    expect(notes).toContain("… further lines are not shown");
  });

  test("are found by a dry run, which sends nothing", async () => {
    const { server, run, json, cwd } = await place(content);
    expect(await run("--dry-run")).toMatchObject({
      exitCode: 1,
      output:
        "3 events of 3 customers, from 2026-11-20T10:01:00.000Z to 2026-11-20T10:03:00.000Z, 6 bytes; nothing was sent\n",
    });
    expect(await json("--dry-run")).toMatchObject({ events: 3, bytes: "6", problems: { unreadable: 2 } });
    expect([server.requests, readdirSync(cwd)]).toEqual([[], ["access.log"]]);
  });
});

describe("warnings", () => {
  test("are counted and explained", async () => {
    const { run } = await place(log(5), { warn: () => "unmetered" });
    expect((await run()).output).toMatch(/warning: 5 × unmetered \(no meter takes their type yet/);
  });
});

describe("an import that is stopped", () => {
  test("goes on where it was, and sends only what was not acknowledged", async () => {
    let isOpen = false;
    const mischief = (request: number) =>
      request >= 7 && !isOpen ? { kind: "status" as const, status: 401 } : undefined;
    const { server, run, json, imports } = await place(`${log(1_000)}nonsense\n`, { mischief });
    const stopped = await run("--batch", "50", "--concurrency", "3");
    expect(stopped.exitCode).toBe(1);
    expect(stopped.output).toContain("run the same command again to go on");
    expect(readdirSync(imports)).toHaveLength(1);
    const known = new Set(server.stored.keys());
    expect(known.size).toBe(7 * 50);

    isOpen = true;
    const before = server.requests.length;
    const whole = await json("--batch", "50", "--concurrency", "3");
    expect(whole).toMatchObject({ accepted: 1_000, duplicates: 0, problems: { unreadable: 1 } });
    expect(whole.resumedAfterLine).toBeGreaterThan(0);
    const again = server.requests.slice(before).flatMap(({ texts }) => texts);
    expect(again).toHaveLength(1_000 - known.size);
    expect(server.stored.size).toBe(1_000);
  });

  test("is not mistaken for another", async () => {
    const { run, cwd } = await place(log(10), { mischief: () => ({ kind: "status", status: 403 }) });
    const state = ["--state", join(cwd, "state.json")];
    writeFileSync(join(cwd, "broken.json"), "{");
    expect(await run("--state", join(cwd, "broken.json"))).toMatchObject({ exitCode: 2 });
    await run(...state, "--batch", "5");
    writeFileSync(
      join(cwd, "state.json"),
      JSON.stringify({ version: 1, import: "another", offset: 10, line: 1, done: [], counts: {} }),
    );
    const { exitCode, notes } = await run(...state);
    expect([exitCode, notes.join()]).toEqual([2, expect.stringContaining("belongs to another import")]);
  });

  test("by an API that is away for a while, goes on by itself", async () => {
    const { run } = await place(log(10), {
      mischief: (request) => (request < 3 ? { kind: "drop_before_store" } : undefined),
    });
    expect(await run()).toMatchObject({ exitCode: 0, output: "10 events accepted\n" });
  });
});

describe("--plan", () => {
  const customer = (id: string, more = {}) => ({ id, known: true, createdAt: "t", updatedAt: "t", ...more });

  test("gives the plan to customers that have none, before their events, and leaves the others alone", async () => {
    const puts: [string, unknown][] = [];
    const existing = [customer("10.0.1.1", { plan: "other" }), customer("10.0.2.2", { name: "Two", known: false })];
    const { server, json } = await place(log(42), {
      routes: (method, path, body) => {
        if (path === "/v1/plans/p") return { status: 200, body: { key: "p" } };
        if (path.startsWith("/v1/customers?")) return { status: 200, body: { items: existing } };
        if (path === "/v1/customers/10.0.0.3") return { status: 422, body: { code: "invalid_request" } };
        expect(server.stored.size).toBe(0);
        puts.push([`${method} ${path}`, JSON.parse(body)]);
        return { status: 200, body: {} };
      },
    });
    expect(await json("--plan", "p", "--batch", "42")).toMatchObject({ accepted: 42, customersGivenPlan: 19 });
    expect(puts).toHaveLength(19);
    expect(Object.fromEntries(puts)).toMatchObject({
      "PUT /v1/customers/10.0.0.0": { plan: "p" },
      "PUT /v1/customers/10.0.2.2": { name: "Two", plan: "p" },
    });
    expect(Object.fromEntries(puts)).not.toHaveProperty("PUT /v1/customers/10.0.1.1");
  });

  test("asks for each customer where there are too many to read", async () => {
    const asked: string[] = [];
    const { json } = await place(log(3), {
      routes: (method, path) => {
        asked.push(`${method} ${path}`);
        if (path === "/v1/plans/p") return { status: 200, body: {} };
        if (path.startsWith("/v1/customers?")) return { status: 200, body: { items: [], nextCursor: "more" } };
        if (path === "/v1/customers/10.0.1.1" && method === "GET")
          return { status: 200, body: customer("10.0.1.1", { plan: "p" }) };
        return method === "GET" ? undefined : { status: 200, body: {} };
      },
    });
    expect(await json("--plan", "p")).toMatchObject({ accepted: 3, customersGivenPlan: 2 });
    expect(asked).not.toContain("PUT /v1/customers/10.0.1.1");
  });

  test("stops before the first event where there is no such plan", async () => {
    const { server, run } = await place(log(3));
    const { exitCode, notes } = await run("--plan", "missing");
    expect([exitCode, notes.join()]).toEqual([1, expect.stringContaining("not_found")]);
    expect(server.requests).toEqual([]);
  });
});

describe("where the API is", () => {
  test("comes from flags, then the environment, then a running local cloud", async () => {
    const server = await api();
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "a.log"), log(1));
    const run = async (env: Record<string, string>, ...flags: string[]) => {
      const { exitCode } = await runCommand(["import", "a.log", ...flags], {
        cwd,
        env,
      });
      return [exitCode, server.requests.at(-1)?.headers.authorization];
    };
    expect(await run({})).toEqual([2, undefined]);
    expect(await run({ FARTHING_URL: server.url })).toEqual([2, undefined]);
    mkdirSync(join(cwd, ".farthing"));
    writeFileSync(join(cwd, ".farthing/local.json"), JSON.stringify({ api: server.url, keys: { admin: "local" } }));
    expect(await run({})).toEqual([0, "Bearer local"]);
    expect(await run({ FARTHING_KEY: "env" })).toEqual([0, "Bearer env"]);
    expect(await run({ FARTHING_KEY: "env" }, "--key", "flag")).toEqual([0, "Bearer flag"]);
  });

  test("never gives the local key to another address", async () => {
    const server = await api();
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "a.log"), log(1));
    mkdirSync(join(cwd, ".farthing"));
    writeFileSync(
      join(cwd, ".farthing/local.json"),
      JSON.stringify({ api: "http://127.0.0.1:1", keys: { admin: "local" } }),
    );
    const { exitCode, notes } = await runCommand(["import", "a.log", "--url", server.url], { cwd });
    expect([exitCode, notes.join()]).toEqual([2, expect.stringContaining("--key or FARTHING_KEY")]);
  });

  test.for(["{", "null", "[]", '{"api":1,"keys":{}}', '{"api":"http://x"}'])(
    "is not in a damaged local.json: %s",
    async (content) => {
      const cwd = temporaryFolder();
      writeFileSync(join(cwd, "a.log"), log(1));
      mkdirSync(join(cwd, ".farthing"));
      writeFileSync(join(cwd, ".farthing/local.json"), content);
      expect(await runCommand(["import", "a.log"], { cwd })).toMatchObject({ exitCode: 2 });
    },
  );
});
