import type { CollectionQueue } from "./collection.ts";
import type { CollectionAsk } from "./collection-work.ts";
import type { Letter, Mailer } from "./mailer.ts";

/** A queue of collection work in memory, which keeps what was asked. */
export function memoryCollectionQueue(): CollectionQueue & { readonly asked: CollectionAsk[] } {
  const asked: CollectionAsk[] = [];
  return {
    asked,
    askToOpen: async (merchant, settlement, after) => void asked.push({ ask: "open", merchant, settlement, after }),
    askToCollect: async (merchant, invoices) => void asked.push({ ask: "collect", merchant, invoices }),
    askToPush: async (merchant) => void asked.push({ ask: "push", merchant }),
    askToReconcile: async (merchant) => void asked.push({ ask: "reconcile", merchant }),
  };
}

/** Letters in memory, each once by its id. */
export function memoryMailer(): Mailer & { readonly sent: Map<string, Letter> } {
  const sent = new Map<string, Letter>();
  return { sent, send: async (letter) => void sent.set(letter.id, letter) };
}
