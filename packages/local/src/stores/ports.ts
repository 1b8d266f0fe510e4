import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Whether a program may listen on a TCP port of this machine at this moment. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((done) => {
    server.once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => done(true));
  });
  await new Promise((done) => server.close(done));
  return free;
}

/** The system gives connections that leave the machine the ports from 32768 on (Linux) or from 49152 on (IANA, RFC 6335). */
const [lowest, beyond] = [16_384, 32_768];

/**
 * A TCP port that nobody listens on at this moment. Not one of those that connections get: whoever starts again on it would
 * find it taken by one.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(lowest, beyond);
    if (await isFree(port)) return port;
  }
  throw new Error(`the system has no free port between ${lowest} and ${beyond}`);
}
