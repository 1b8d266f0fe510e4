/** What a command sees of the world it runs in: a port, so that a test can be one. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether a person watches the error stream, so that a bar may move there. */
  readonly isWatched: boolean;
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Writes a result; resolves when there is room for more. */
  out(content: string | Uint8Array): Promise<void>;
  /** Writes a line for people. */
  note(line: string): void;
  /** Says how the command ended: 0 done, 1 failed or not whole, 2 called wrongly. */
  end(exitCode: number): void;
}

/** The terminal of this process. */
export const processTerminal: Terminal = {
  env: process.env,
  cwd: process.cwd(),
  isWatched: process.stderr.isTTY === true,
  now: () => Date.now(),
  out: (content) =>
    new Promise((resolve, reject) => {
      process.stdout.write(content, (error) => (error ? reject(error) : resolve()));
    }),
  note: (line) => void process.stderr.write(`${line}\n`),
  end: (exitCode) => {
    process.exitCode = exitCode;
  },
};
