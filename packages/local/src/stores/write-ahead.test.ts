import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { databaseFile, writeAhead } from "./write-ahead.ts";

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "farthing-write-ahead-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** What a file says of its journal, and the rows of its one table. */
function look(dir: string): { readonly journal: unknown; readonly rows: unknown } {
  const database = new DatabaseSync(join(dir, databaseFile));
  const rows = database.prepare("SELECT name FROM sqlite_master").all();
  const journal = database.prepare("PRAGMA journal_mode").get();
  database.close();
  return { journal: journal?.journal_mode, rows: rows.map((row) => row.name) };
}

describe("writeAhead", () => {
  test("makes a file where there is none, which keeps a write-ahead log", () => {
    const dir = folder();
    writeAhead(dir);
    expect(look(dir)).toEqual({ journal: "wal", rows: [] });
  });

  test("leaves what a file holds, however often it is asked", () => {
    const dir = folder();
    const database = new DatabaseSync(join(dir, databaseFile));
    database.exec("CREATE TABLE kept (n)");
    database.close();
    writeAhead(dir);
    writeAhead(dir);
    expect(look(dir)).toEqual({ journal: "wal", rows: ["kept"] });
  });
});
