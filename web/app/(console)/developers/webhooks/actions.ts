"use server";

import { revalidatePath } from "next/cache";
import { replayDelivery } from "@/lib/api-webhooks.ts";

/** What came of sending a message again, in words. */
export interface ReplayOutcome {
  readonly ok: boolean;
  readonly words: string;
}

/** Sends a message to a webhook again. The API refuses keys without the role `admin`. */
export async function replayMessage(_before: ReplayOutcome | undefined, form: FormData): Promise<ReplayOutcome> {
  const [webhook, message, key] = [textOf(form, "webhook"), textOf(form, "message"), textOf(form, "key")];
  const answer = await replayDelivery(webhook, message, key);
  revalidatePath("/developers/webhooks/[webhook]", "page");
  if (answer.ok) return { ok: true, words: `${answer.value.type} is sent again, as ${answer.value.message}.` };
  const { detail, title, code } = answer.problem;
  return { ok: false, words: `It was not sent: ${detail || title} (${code})` };
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
