import { type Clock, err, type MerchantId, ok, type Result } from "@farthing/money";
import type { NotFound } from "./get-plan.ts";

/** What a merchant's versioned texts say: what coupons give, or which taxes a country's customers bear. */
export type TextKind = "coupon" | "tax";

/** Names one thing that has versions. */
export interface TextName {
  readonly merchant: MerchantId;
  readonly kind: TextKind;
  readonly key: string;
}

/** One version, which never changes; `text` is its content's one canonical text. Units: `createdAt` in milliseconds. */
export interface VersionedText extends TextName {
  readonly version: number;
  readonly text: string;
  readonly createdAt: number;
}

/** Where versions are kept, each for ever. Every read is strong. */
export interface VersionedTexts {
  /** The newest version. */
  currentText(name: TextName): Promise<VersionedText | undefined>;
  /** One version. */
  textAt(name: TextName, version: number): Promise<VersionedText | undefined>;
  /** Adds the version after the newest; "taken" where another writer was first, who may ask for the newest again. */
  addText(text: VersionedText): Promise<"added" | "taken">;
  /** The newest versions of a kind, in order of their keys. */
  texts(
    of: Omit<TextName, "key">,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<{ readonly items: readonly VersionedText[]; readonly next?: string }>;
}

// A writer that loses a version learns of the winner's, so only an endless stream of other writers could need more.
const attempts = 20;

/** Stores a content: other text than the newest version's makes the next version, the same text answers the newest. */
export async function putText(
  { texts, clock }: { readonly texts: VersionedTexts; readonly clock: Clock },
  name: TextName,
  text: string,
): Promise<VersionedText> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const current = await texts.currentText(name);
    if (current?.text === text) return current;
    const next = { ...name, version: (current?.version ?? 0) + 1, text, createdAt: clock.now() };
    if ((await texts.addText(next)) === "added") return next;
  }
  throw new Error("versions are all taken by others");
}

/** Finds the newest version, or a named one. Errors: `not_found`. */
export async function findText(
  texts: VersionedTexts,
  name: TextName,
  version: number | undefined,
): Promise<Result<VersionedText, NotFound>> {
  const found = version === undefined ? await texts.currentText(name) : await texts.textAt(name, version);
  return found === undefined ? err({ code: "not_found" }) : ok(found);
}
