import type { MerchantId } from "@farthing/money";
import { frozenCopy } from "./frozen-copy.ts";
import {
  placeOfRequest,
  type RejectedRequest,
  type RejectionPage,
  type RejectionQuery,
  type Rejections,
} from "./rejections.ts";

/** Refused events in memory, for ever. */
export function memoryRejections(): Rejections {
  return new MemoryRejections();
}

class MemoryRejections implements Rejections {
  readonly #requests = new Map<MerchantId, Map<string, RejectedRequest>>();

  async noteRejected(merchant: MerchantId, request: RejectedRequest): Promise<void> {
    const own = this.#requests.get(merchant) ?? new Map<string, RejectedRequest>();
    this.#requests.set(merchant, own.set(placeOfRequest(request), frozenCopy(request)));
  }

  async rejected(merchant: MerchantId, { from, to, limit, after }: RejectionQuery): Promise<RejectionPage> {
    const within = [...(this.#requests.get(merchant) ?? [])]
      .filter(
        ([place, { receivedAt }]) => receivedAt >= from && receivedAt < to && (after === undefined || place < after),
      )
      .sort(([a], [b]) => (a < b ? 1 : -1));
    const requests = within.slice(0, limit).map(([, request]) => request);
    const last = requests.at(-1);
    return within.length > limit && last !== undefined ? { requests, next: placeOfRequest(last) } : { requests };
  }
}
