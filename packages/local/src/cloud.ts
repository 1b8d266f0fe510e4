import { join } from "node:path";
import { type Control, type Idle, openControl } from "./control/control.ts";
import { openGateway } from "./gateway/gateway.ts";
import type { Outcome } from "./run/messages.ts";
import { openQueueServer } from "./stores/queue-server.ts";
import { watchStore } from "./stores/store-watch.ts";
import { readAssembly } from "./template/assembly.ts";
import { refuseUnknown } from "./template/kinds.ts";
import { type CloudOptions, clientsFor, makeStores, type Running, wire } from "./wiring.ts";

/** A cloud that runs. */
export interface Cloud {
  readonly api: string;
  readonly control: string;
  /**
   * Invokes a function as `aws lambda invoke` would.
   *
   * Errors: throws when there is no function of that name.
   */
  invoke(name: string, payload: unknown): Promise<Outcome>;
  /**
   * Fires a function's schedule now.
   *
   * Errors: throws when it has none.
   */
  fire(name: string): Promise<Outcome>;
  idle(): Promise<Idle>;
  stop(): Promise<void>;
}

async function idleOf({ fleet, triggers, queues }: Running): Promise<Idle> {
  const counts = (): Record<string, number> =>
    Object.fromEntries(
      (triggers?.queueNames ?? []).map((name) => {
        const { ready, inFlight, delayed } = queues.depth(name);
        return [name, ready + inFlight + delayed];
      }),
    );
  const quiet = (): boolean => fleet?.busy() === 0 && Object.values(counts()).every((count) => count === 0);
  // Looked at on both sides of the streams: what runs now may be about to write to one.
  const before = quiet();
  const streams = (await triggers?.streams()) ?? {};
  const caughtUp = Object.values(streams).every((state) => state === "caught_up");
  return { idle: before && caughtUp && quiet(), invocations: fleet?.busy() ?? 0, queues: counts(), streams };
}

async function stopAll(running: Running): Promise<void> {
  const { gateway, control, schedules, triggers, fleet, queues, clients, store } = running;
  schedules?.stop();
  store.stop();
  await Promise.all([gateway.stop(), control?.stop()]);
  // Loops wait for what they invoked, and that ends with the functions.
  const loops = triggers?.stop();
  await fleet?.stop();
  await loops;
  await queues.stop();
  for (const client of Object.values(clients)) client.destroy();
}

/**
 * Runs what the templates of a cloud assembly describe: tables, queues and buckets, then the functions behind routes,
 * streams, queues and schedules.
 *
 * Errors: throws `NotRunLocally` on anything in the templates that would otherwise be left out in silence.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const assembly = await readAssembly(options.assembly);
  refuseUnknown(assembly);
  const gateway = await openGateway(options.port ?? 0);
  const queues = await openQueueServer(options.dir === undefined ? undefined : join(options.dir, "queues"));
  const clients = clientsFor(options.dynamo, queues.url);
  const running: Running = { gateway, queues, clients, store: watchStore(options.dynamo) };
  try {
    wire(assembly, await makeStores(assembly, running), running, options);
    const control = await openControl(options.controlPort ?? 0, {
      invoke: (name, payload) => running.fleet?.named(name)?.invoke(payload),
      fire: (name) => running.schedules?.fire(name),
      idle: () => idleOf(running),
    });
    running.control = control;
    return cloudOf(running, control);
  } catch (error) {
    await stopAll(running);
    throw error;
  }
}

function cloudOf(running: Running, control: Control): Cloud {
  const named = <T>(found: T | undefined, name: string): T => {
    if (found === undefined) throw new Error(`there is no such function: ${name}`);
    return found;
  };
  return {
    api: running.gateway.url,
    control: control.url,
    invoke: async (name, payload) => named(running.fleet?.named(name), name).invoke(payload),
    fire: async (name) => named(running.schedules?.fire(name), name),
    idle: () => idleOf(running),
    stop: () => stopAll(running),
  };
}
