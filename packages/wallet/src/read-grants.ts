import { err, ok, type Result } from "@farthing/money";
import { byDrawOrder, untouched } from "./grant.ts";
import { type EntryDocument, entryDocument, type GrantDocument, grantDocument } from "./grant-document.ts";
import { grantEntries } from "./grant-entries.ts";
import type { Drawings, Grants, Holder } from "./ports.ts";

/** What reading grants needs. */
export interface GrantReading {
  readonly grants: Grants;
  readonly drawings: Drawings;
}

/** The customer has no grant of that id. */
export interface NoSuchGrant {
  readonly code: "not_found";
}

interface Page {
  readonly limit: number;
  readonly after?: string | undefined;
}

interface Listed<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** Lists a customer's grants in the order in which they are drawn, each with what is left of it. */
export async function listGrants(
  { grants, drawings }: GrantReading,
  { limit, after, ...holder }: Holder & Page,
): Promise<Result<Listed<GrantDocument>, never>> {
  const states = await drawings.statesOf(holder);
  const all = [...(await grants.grantsOf(holder))].sort(byDrawOrder);
  const items = all.map((grant) => grantDocument(grant, states.get(grant.id) ?? untouched));
  return ok(pageOf(items, { limit, after }));
}

/** Shows a grant with what is left of it. Errors: `not_found`. */
export async function getGrant(
  { grants, drawings }: GrantReading,
  { id, ...holder }: Holder & { readonly id: string },
): Promise<Result<GrantDocument, NoSuchGrant>> {
  const grant = await grants.grant(holder, id);
  if (grant === undefined) return err({ code: "not_found" });
  return ok(grantDocument(grant, (await drawings.statesOf(holder)).get(id) ?? untouched));
}

/** Lists the entries of a grant's account, oldest first; they add up to what is left. Errors: `not_found`. */
export async function listGrantEntries(
  { grants, drawings }: GrantReading,
  { id, limit, after, ...holder }: Holder & Page & { readonly id: string },
): Promise<Result<Listed<EntryDocument>, NoSuchGrant>> {
  const grant = await grants.grant(holder, id);
  if (grant === undefined) return err({ code: "not_found" });
  const entries = grantEntries(grant, await drawings.stepsOf(holder, id));
  return ok(pageOf(entries.map(entryDocument), { limit, after }));
}

function pageOf<Item extends { readonly id: string }>(all: readonly Item[], { limit, after }: Page): Listed<Item> {
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  return { items, ...(last !== undefined && start + items.length < all.length ? { next: last.id } : {}) };
}
