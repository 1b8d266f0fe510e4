import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { writePrivate } from "./layout.ts";

const Keys = v.object({
  admin: v.string(),
  ingest: v.string(),
  read: v.string(),
  billing: v.string(),
  finance: v.string(),
});

/** The local merchant's API keys, one a role. */
export type Keys = v.InferOutput<typeof Keys>;

const Kept = v.object({ merchant: v.string(), keys: Keys });
const Created = v.object({ merchant: v.looseObject({ id: v.string() }), keys: v.nullable(Keys) });

/** Where the merchant is made and asked for, and where its keys are kept. */
export interface MerchantPlace {
  readonly api: string;
  readonly control: string;
  readonly file: string;
}

async function kept(file: string): Promise<v.InferOutput<typeof Kept> | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  const parsed = text === undefined ? undefined : v.safeParse(Kept, JSON.parse(text));
  return parsed?.success ? parsed.output : undefined;
}

async function works(api: string, { admin }: Keys): Promise<boolean> {
  const response = await fetch(`${api}/v1/merchant`, { headers: { authorization: `Bearer ${admin}` } });
  await response.arrayBuffer();
  if (response.status >= 500) throw new Error(`the API answers ${response.status} when it is asked for its merchant`);
  return response.ok;
}

async function create(control: string, id: string): Promise<v.InferOutput<typeof Created>> {
  const response = await fetch(`${control}/invoke/access/create-merchant`, {
    method: "POST",
    body: JSON.stringify({ id, name: "Northwind Cloud (demo)", timezone: "UTC", currency: "USD" }),
  });
  const answer: unknown = await response.json();
  const parsed = v.safeParse(Created, answer);
  if (!parsed.success) throw new Error(`access/create-merchant answered ${JSON.stringify(answer)}`);
  return parsed.output;
}

/**
 * The local merchant with its keys: the ones that are kept while they still work, else a new merchant's.
 *
 * A merchant's keys are shown once. A start that was killed between making it and writing them down leaves a merchant
 * whose keys nobody knows; the next takes another id.
 */
export async function ensureMerchant({ api, control, file }: MerchantPlace): Promise<v.InferOutput<typeof Kept>> {
  const before = await kept(file);
  if (before !== undefined && (await works(api, before.keys))) return before;
  for (let attempt = 1; ; attempt++) {
    const { merchant, keys } = await create(control, attempt === 1 ? "demo" : `demo-${attempt}`);
    if (keys === null) continue;
    const made = { merchant: merchant.id, keys };
    writePrivate(file, made);
    return made;
  }
}
