import { randomUUID } from "node:crypto";
import type { Call } from "./call.ts";
import { type Deliveries, openDeliveries } from "./deliveries.ts";
import { type Form, readForm, textsOf } from "./form.ts";
import { type Found, findOperation } from "./operations.ts";
import { Refusal, type StripeProblem } from "./refusal.ts";
import { recall, remember, type Shown } from "./remembered.ts";
import { type Fault, openScript, type Script } from "./script.ts";
import { completeSession } from "./sessions.ts";
import { openShelves, type Shelves } from "./shelves.ts";
import type { Session } from "./things.ts";
import { answer, type WireOutcome, type WireRequest } from "./wire-request.ts";

/** What a server is made of. */
export interface StripeOptions {
  /** Units: milliseconds. */
  readonly clock: { now(): number };
  /** Where its things are kept; left out, memory keeps them. */
  readonly file?: string;
  /** Where its hosted pages are. */
  readonly pages?: () => string;
  /** What goes wrong where no script says so. */
  readonly chance?: (operation: string) => Fault | undefined;
}

/** A server that answers for Stripe. */
export interface StripeServer {
  handle(request: WireRequest): WireOutcome;
  readonly script: Script;
  readonly deliveries: Deliveries;
  /** Lets requests act that came late; those that a server would have given up do not. */
  actLate(): void;
  /** What a customer does on a hosted page. */
  complete(session: string, card: string): Session;
  readonly shelves: Shelves;
}

/** Makes a server; it keeps no time and no connections of its own. */
export function openStripe({ clock, file, pages = () => "", chance }: StripeOptions): StripeServer {
  const shelves = openShelves(file);
  const script = openScript(chance);
  const deliveries = openDeliveries(clock, script);
  const late: { readonly act: () => void; readonly until: number }[] = [];
  const world: World = { shelves, deliveries, pages, nowSeconds: () => Math.floor(clock.now() / 1000) };
  return {
    shelves,
    script,
    deliveries,
    handle(request) {
      const found = findOperation(request.method, request.path);
      if (!/^Bearer (sk|rk)_/.test(request.authorization ?? "")) return answer(401, { error: noKey });
      if (found === undefined) return answer(404, { error: unknownPath(request) });
      const fault = script.faultOf(found.name);
      if (fault === "rate_limited") return answer(429, { error: tooMany });
      if (fault === "late")
        late.push({ act: () => void run(world, request, found, undefined), until: clock.now() + latestMs(found.name) });
      if (fault === "closed" || fault === "late") return { kind: "closed" };
      const outcome = run(world, request, found, fault);
      if (fault === "closed_after") return { kind: "closed" };
      return fault === "timeout_after" ? { kind: "silent" } : outcome;
    },
    actLate() {
      for (const { act, until } of late.splice(0)) if (clock.now() <= until) act();
    },
    complete: (session, card) => completeSession(callFor(world, { ids: [session], form: { card } })),
  };
}

/**
 * How late a request may act. No server begins one hours after its connection was closed. Payments hold out against any
 * lateness all the same; refunds rest on two hours, in which they are looked up and not sent.
 */
function latestMs(name: string): number {
  return name === "refunds.create" ? 2 * 3_600_000 : Number.POSITIVE_INFINITY;
}

interface World {
  readonly shelves: Shelves;
  readonly deliveries: Deliveries;
  readonly pages: () => string;
  nowSeconds(): number;
}

interface Asked {
  readonly ids: readonly string[];
  readonly form: Form;
  readonly key?: string | undefined;
  readonly declines?: boolean;
}

const newId = (prefix: string) => `${prefix}_${randomUUID().replaceAll("-", "").slice(0, 24)}`;

function callFor({ shelves, deliveries, pages, nowSeconds }: World, { ids, form, key, declines = false }: Asked): Call {
  return {
    shelves,
    form,
    expand: Object.values(textsOf(form, "expand")),
    ids,
    now: nowSeconds(),
    declines,
    newId,
    pageUrl: (session) => `${pages()}/pay/${session}`,
    tell(type, object) {
      const request = { id: newId("req"), key: key ?? null };
      const happening = { id: newId("evt"), created: nowSeconds(), type, object, request };
      shelves.put("happening", happening);
      deliveries.send(happening);
    },
  };
}

/** Runs an operation, unless an answer is remembered under its key. */
function run(world: World, request: WireRequest, { name, operation, ids }: Found, fault: Fault | undefined) {
  const { idempotencyKey: key, method } = request;
  const isPost = method === "POST";
  const remembered = isPost ? recall(world.shelves, request, world.nowSeconds()) : undefined;
  if (remembered !== undefined) return remembered;
  const form = readForm(isPost ? request.body : request.query);
  const declines = fault === "decline" && name === "payment_intents.confirm";
  const call = callFor(world, { ids, form, key, declines });
  const made = fault === "error_500" ? broken : attempt(() => operation(call));
  const shown = fault === "error_500_after" ? broken : made;
  if (isPost) remember(world.shelves, request, world.nowSeconds(), shown);
  return answer(...shown);
}

function attempt(operation: () => unknown): Shown {
  try {
    return [200, operation()];
  } catch (error) {
    if (error instanceof Refusal) return [error.status, { error: error.problem }];
    throw error;
  }
}

const broken: Shown = [500, { error: { type: "api_error", message: "Something went wrong." } satisfies StripeProblem }];
const noKey: StripeProblem = { type: "invalid_request_error", message: "You did not provide an API key." };
const tooMany: StripeProblem = { type: "rate_limit_error", code: "rate_limit", message: "Too many requests." };

function unknownPath({ method, path }: WireRequest): StripeProblem {
  return { type: "invalid_request_error", message: `Unrecognized request URL (${method}: ${path}).` };
}
