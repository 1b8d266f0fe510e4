import { createHmac } from "node:crypto";
import { type Identity, identify, permits, type Role, type Unauthorized } from "@farthing/access";
import { err, ok, type Result } from "@farthing/money";
import type { Gate } from "./gate.ts";
import type { Route } from "./route.ts";

/** The key is valid and lacks every role that would do. */
export interface Forbidden {
  readonly code: "forbidden";
  readonly needs: readonly Role[];
  readonly detail: string;
}

/** Who calls, and a secret that only the same API key yields, for what is made once a request. */
export interface Caller extends Identity {
  readonly secret: Uint8Array;
}

/**
 * Checks the bearer key of a request.
 *
 * Errors: `unauthorized`, then `forbidden` naming the roles of which one is needed.
 * Source: RFC 6750, 2.1.
 */
export async function authenticate(
  gate: Pick<Gate, "keys" | "clock">,
  roles: Route["roles"],
  authorization: string | undefined,
): Promise<Result<Caller, Unauthorized | Forbidden>> {
  const [, key = ""] = /^bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  const identity = await identify(gate, key);
  if (!identity.ok) return identity;
  if (typeof roles !== "string" && !permits(identity.value.roles, roles)) return err(forbidden(roles));
  return ok({ ...identity.value, secret: createHmac("sha256", key).update("secrets of one request").digest() });
}

function forbidden(roles: readonly Role[]): Forbidden {
  const needs = roles.includes("admin") ? roles : [...roles, "admin" as const];
  return { code: "forbidden", needs, detail: `This needs an API key with one of the roles ${needs.join(", ")}.` };
}
