import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The file in which DynamoDB Local keeps all tables when it shares one database. */
export const databaseFile = "shared-local-instance.db";

/**
 * Gives DynamoDB Local's file a write-ahead log before it is opened: a commit is then one write that is waited for instead of
 * several, and as durable. The file remembers it; where there is none yet, an empty one is made.
 *
 * Source: SQLite, "Write-Ahead Logging". Figures: docs/performance.md.
 */
export function writeAhead(dir: string): void {
  const database = new DatabaseSync(join(dir, databaseFile));
  try {
    database.exec("PRAGMA journal_mode = WAL");
  } finally {
    database.close();
  }
}
