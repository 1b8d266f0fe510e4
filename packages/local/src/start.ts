import { existsSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { freePort, isFree } from "./stores/ports.ts";
import { BadFlag, type Flags, readFlags, usage } from "./supervisor/flags.ts";
import { layoutOf, wipe, writePrivate } from "./supervisor/layout.ts";
import { endLeftovers, openProcessList, whoRuns } from "./supervisor/process-list.ts";
import { type Running, Supervisor } from "./supervisor/supervisor.ts";

const root = resolve(import.meta.dirname, "..", "..", "..");
const neededMajor = 24;

const say = (line: string): void => console.log(line);

/** Something that the person at the keyboard can put right; shown without a stack. */
class CannotStart extends Error {}

async function choosePorts(flags: Flags): Promise<{ api: number; console: number }> {
  if (flags.port === 0) return { api: await freePort(), console: await freePort() };
  const ports = { api: flags.port, console: flags.port + 1 };
  for (const port of flags.console ? Object.values(ports) : [ports.api]) {
    if (await isFree(port)) continue;
    throw new CannotStart(
      `Port ${port} is taken by another program: choose another with --port, as in npm start -- --port 5510.`,
    );
  }
  return ports;
}

function announce({ api, console: page, keys }: Running, { dir }: Flags): void {
  const folder = relative(process.cwd(), dir) || dir;
  say("");
  if (page !== null) say(`  Console  ${page}`);
  say(`  API      ${api}`);
  say(`  API key  ${keys.admin}`);
  say("");
  say(`Ctrl-C stops everything; the data stays in ${folder}, with the other keys in local.json there.`);
}

/** npm does not pass a signal on, and when it is killed nobody tells us: its child then has another parent. */
function stopWithNpm(stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 1000).unref();
}

async function run(flags: Flags): Promise<void> {
  const layout = layoutOf(flags.dir);
  const other = whoRuns(layout.processes);
  if (other !== undefined) {
    throw new CannotStart(
      `Farthing already runs on ${flags.dir} (process ${other.pid}): stop it first, or use --data for a second one.`,
    );
  }
  const ended = await endLeftovers(layout.processes);
  if (ended > 0) say(`Ended ${ended} processes that a killed run had left behind.`);
  rmSync(layout.local, { force: true });
  if (flags.fresh) wipe(layout);
  const ports = await choosePorts(flags);
  const processes = openProcessList(layout.processes);
  const supervisor = new Supervisor({ root, flags, ports, processes, say });

  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    rmSync(layout.local, { force: true });
    await supervisor.stop();
    processes.remove();
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
  stopWithNpm(() => void stop(0));

  try {
    const running = await supervisor.start();
    if (stopping) return;
    writePrivate(layout.local, { ...running, pid: process.pid });
    announce(running, flags);
  } catch (error) {
    if (stopping) return;
    console.error(error instanceof Error ? error.message : String(error));
    await stop(1);
  }
}

async function main(): Promise<void> {
  const major = Number(process.versions.node.split(".")[0]);
  if (major !== neededMajor) {
    throw new CannotStart(
      `This is Node ${major}, and Farthing runs on ${neededMajor}: use npm start, which brings it.`,
    );
  }
  // A key to Stripe may lie there, docs/collection.md.
  if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
  const flags = readFlags(process.argv.slice(2), { from: process.env.INIT_CWD ?? process.cwd(), root });
  if (flags === undefined) say(usage);
  else await run(flags);
}

main().catch((error: unknown) => {
  const expected = error instanceof CannotStart || error instanceof BadFlag;
  console.error(expected ? error.message : error);
  process.exit(1);
});
