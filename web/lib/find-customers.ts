import type { Customer } from "@farthing/sdk";
import { getCustomer, type Listed, listCustomers } from "./api.ts";
import type { QueryValues } from "./search.ts";

/** A page of customers, or the one that has the id that was asked for, as a page of one or none. */
export async function findCustomers({ id, cursor }: QueryValues): Listed<Customer> {
  if (!id) return listCustomers({ cursor });
  // What cannot be an id is nobody's.
  if (!/^[\w.:@-]{1,128}$/.test(id)) return { ok: true, value: { items: [] } };
  const found = await getCustomer(id);
  if (found.ok) return { ok: true, value: { items: [found.value] } };
  return found.problem.status === 404 ? { ok: true, value: { items: [] } } : found;
}
