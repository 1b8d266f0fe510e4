import { type Customer, type CustomerContent, type FarthingClient, FarthingError } from "@farthing/sdk";

/** Gives customers a plan before their first event is sent. */
export interface PlannedCustomers {
  /** Resolves when each of them is known to the API and has a plan. Errors: throws `FarthingError`. */
  ensure(customers: Iterable<string>): Promise<void>;
  /** How many customers were given the plan. */
  readonly given: number;
  /** How many have another plan, which is left as it is. */
  readonly kept: number;
}

const atOnce = 8;
const pagesRead = 20;
const mostRemembered = 200_000;

type Plans = Map<string, Customer | undefined>;

/** Customers that have a plan keep it; those without one, and those that only events have named, are given this one. */
export function plannedCustomers(client: FarthingClient, plan: string): PlannedCustomers {
  const settled = new Map<string, Promise<void>>();
  const counts = { given: 0, kept: 0 };
  let existing: Promise<{ customers: Plans; isWhole: boolean }> | undefined;

  const give = async (id: string): Promise<void> => {
    existing ??= readCustomers(client);
    const { customers, isWhole } = await existing;
    const customer = customers.has(id) || isWhole ? customers.get(id) : await findCustomer(client, id);
    if (customer?.plan !== undefined) counts.kept += customer.plan === plan ? 0 : 1;
    else if (await givePlan(client, id, { ...contentOf(customer), plan })) counts.given++;
  };
  const ensure = async (customers: Iterable<string>): Promise<void> => {
    if (settled.size > mostRemembered) settled.clear();
    const waiting = [...new Set(customers)];
    const lanes = Array.from({ length: atOnce }, async () => {
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        const giving = settled.get(id) ?? give(id);
        settled.set(id, giving);
        await giving;
      }
    });
    await Promise.all(lanes);
  };
  return {
    ensure,
    get given() {
      return counts.given;
    },
    get kept() {
      return counts.kept;
    },
  };
}

/** Reads the customers in one go where they are not too many, since a request for each would take longer than the import. */
async function readCustomers(client: FarthingClient): Promise<{ customers: Plans; isWhole: boolean }> {
  const customers: Plans = new Map();
  let cursor: string | undefined;
  for (let page = 0; page < pagesRead; page++) {
    const { items, nextCursor } = await client.customers.list({
      limit: 500,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const customer of items) customers.set(customer.id, customer);
    if (nextCursor === undefined) return { customers, isWhole: true };
    cursor = nextCursor;
  }
  return { customers, isWhole: false };
}

async function findCustomer(client: FarthingClient, id: string): Promise<Customer | undefined> {
  try {
    return await client.customers.get(id);
  } catch (error) {
    if (error instanceof FarthingError && error.status === 404) return undefined;
    throw error;
  }
}

/** An id that no customer can have is passed over: the API refuses its events too, and says why for each. */
async function givePlan(client: FarthingClient, id: string, content: CustomerContent): Promise<boolean> {
  try {
    await client.customers.put(id, content);
    return true;
  } catch (error) {
    if (error instanceof FarthingError && error.code === "invalid_request") return false;
    throw error;
  }
}

/** What a customer is, without what the API adds, so that a put changes nothing but the plan. */
function contentOf(customer: Customer | undefined): CustomerContent {
  if (customer === undefined) return {};
  const { id: _id, known: _known, createdAt: _createdAt, updatedAt: _updatedAt, ...content } = customer;
  return content;
}
