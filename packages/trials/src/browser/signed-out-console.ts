import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { packageManifest } from "./package-manifest.ts";

/** A console without a key of its own; it stops when it is disposed of. */
export interface SignedOutConsole extends AsyncDisposable {
  readonly origin: string;
}

/** Starts the built console as it runs in the cloud: it knows where the API is, and asks each reader for a key. */
export async function startSignedOutConsole(api: string): Promise<SignedOutConsole> {
  const manifest = packageManifest("@farthing/web");
  const next = createRequire(manifest).resolve("next/dist/bin/next");
  const port = await freePort();
  const { FARTHING_CONSOLE_KEY: _, ...env } = process.env;
  const server = spawn(process.execPath, [next, "start", "-H", "127.0.0.1", "-p", String(port)], {
    cwd: dirname(manifest),
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", FARTHING_API_URL: api },
    stdio: "ignore",
  });
  const origin = `http://127.0.0.1:${port}`;
  await answers(`${origin}/login`);
  return {
    origin,
    [Symbol.asyncDispose]: async () => {
      if (server.exitCode !== null) return;
      server.kill("SIGTERM");
      await once(server, "exit");
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("the probe has no port");
  return address.port;
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing answers at ${url}`);
}
