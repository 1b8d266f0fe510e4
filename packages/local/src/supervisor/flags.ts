import { resolve } from "node:path";
import { parseArgs } from "node:util";

/** What a person may say to `npm start`. */
export interface Flags {
  /** The API's port; the console takes the next one. Zero takes free ones. */
  readonly port: number;
  readonly console: boolean;
  readonly demo: boolean;
  readonly fresh: boolean;
  /** The folder that keeps everything. */
  readonly dir: string;
}

/** A flag that is unknown or has no sense. The message is for the person at the keyboard. */
export class BadFlag extends Error {
  override readonly name = "BadFlag";
}

/** How the flags are used, in the words that `--help` prints. */
export const usage = `npm start -- [--port N] [--data DIR] [--no-console] [--no-demo] [--fresh]

  --port N       the API listens on N (4510), the console on N + 1
  --data DIR     keeps everything in DIR (.farthing), so that two can run beside each other
  --no-console   starts no console
  --no-demo      makes no sample traffic
  --fresh        throws away what the folder holds, and begins anew
`;

const options = {
  port: { type: "string", default: "4510" },
  data: { type: "string" },
  console: { type: "boolean", default: true },
  demo: { type: "boolean", default: true },
  fresh: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** Where `npm start` was typed, and where the repository is: npm runs its scripts in the latter. */
export interface Places {
  readonly from: string;
  readonly root: string;
}

/**
 * Reads the flags; undefined when they ask for help.
 *
 * Errors: throws `BadFlag`.
 */
export function readFlags(argv: readonly string[], { from, root }: Places): Flags | undefined {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(argv);
  } catch (error) {
    throw new BadFlag(error instanceof Error ? error.message : String(error));
  }
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_534)) throw new BadFlag(`--port wants a number up to 65534, not "${values.port}"`);
  if (values.help) return undefined;
  const { console, demo, fresh, data } = values;
  return { port, console, demo, fresh, dir: data === undefined ? resolve(root, ".farthing") : resolve(from, data) };
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options, allowNegative: true, strict: true, allowPositionals: false }).values;
}
