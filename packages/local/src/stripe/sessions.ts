import type { Call } from "./call.ts";
import { customerOf, saveCard } from "./customers.ts";
import { textOf, textsOf } from "./form.ts";
import { invalid, missing } from "./refusal.ts";
import { showSession, showSetup } from "./show-customer.ts";
import type { Session, Setup } from "./things.ts";

const hostedSeconds = 24 * 3600;

/** POST /v1/checkout/sessions, of mode `setup`: a hosted page on which a customer saves a card. */
export function createSession(call: Call) {
  const { shelves, form, now, newId, pageUrl } = call;
  if (textOf(form, "mode") !== "setup")
    throw invalid("This server has hosted pages of mode setup alone.", { param: "mode" });
  const customer = customerOf(call, textOf(form, "customer") ?? "").id;
  const setup: Setup = { id: newId("seti"), created: now, customer, method: null, metadata: textsOf(form, "metadata") };
  const session: Session = {
    id: newId("cs_test"),
    created: now,
    expires: now + hostedSeconds,
    customer,
    status: "open",
    metadata: setup.metadata,
    setup: setup.id,
    successUrl: textOf(form, "success_url") ?? null,
    cancelUrl: textOf(form, "cancel_url") ?? null,
    locale: textOf(form, "locale") ?? null,
  };
  shelves.put("setup", setup);
  shelves.put("session", session);
  return showSession(session, pageUrl(session.id));
}

/** GET /v1/checkout/sessions/{id} */
export function getSession(call: Call) {
  const session = sessionOf(call, call.ids[0] ?? "");
  return showSession(session, call.pageUrl(session.id));
}

/** The session of an id, expired once its time is over. Errors: `resource_missing`. */
export function sessionOf({ shelves, now }: Pick<Call, "shelves" | "now">, id: string): Session {
  const session = shelves.get("session", id);
  if (session === undefined) throw missing("checkout.session", id);
  if (session.status !== "open" || session.expires > now) return session;
  const expired: Session = { ...session, status: "expired" };
  shelves.put("session", expired);
  return expired;
}

/** What a customer does on a hosted page: saves a card. Errors: throws where the page is not open any more. */
export function completeSession(call: Call): Session {
  const { shelves, form, tell } = call;
  const session = sessionOf(call, call.ids[0] ?? "");
  if (session.status !== "open") throw invalid("This page is not open any more.");
  const method = saveCard(call, session.customer, textOf(form, "card") ?? "");
  const complete: Session = { ...session, status: "complete" };
  shelves.put("session", complete);
  const setup = shelves.get("setup", session.setup);
  if (setup !== undefined) {
    shelves.put("setup", { ...setup, method: method.id });
    tell("setup_intent.succeeded", showSetup({ ...setup, method: method.id }));
  }
  tell("checkout.session.completed", showSession(complete, ""));
  return complete;
}
