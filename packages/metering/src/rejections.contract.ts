import { merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { RejectedRequest, Rejections } from "./rejections.ts";

const dayMs = 86_400_000;
const noon = Date.UTC(2026, 2, 2, 12);
let tests = 0;

function requestOf(receivedAt: number, name = "a"): RejectedRequest {
  const events = [
    { index: 3, id: "x", customer: "ann", type: "request", code: "time_too_old", message: "old" },
  ] as const;
  return { receivedAt, name, counts: { time_too_old: 40, invalid_event: 2 }, events };
}

/** What every store of refused events does. */
export function rejectionsContract(name: string, open: () => Rejections): void {
  describe(`${name}: rejections`, () => {
    const fresh = () => [open(), merchantId(`Rejections-${++tests}`)] as const;
    const all = { from: 0, to: noon * 2, limit: 500 };
    const within = { from: noon - 5 * dayMs, to: noon + 5 * dayMs, limit: 500 };

    test("are read newest first, whole, and once however often they were noted", async () => {
      const [store, merchant] = fresh();
      const requests = [requestOf(noon), requestOf(noon + 1), requestOf(noon + 1, "b"), requestOf(noon + 2 * dayMs)];
      for (const request of [...requests, ...requests]) await store.noteRejected(merchant, request);
      expect((await store.rejected(merchant, within)).requests).toEqual(requests.toReversed());
      expect((await store.rejected(merchantId(`${merchant}0`), within)).requests).toEqual([]);
    });

    test.for([
      { from: noon, to: noon + 1, found: [noon] },
      { from: noon + 1, to: noon + dayMs, found: [noon + 1] },
      { from: noon - dayMs, to: noon, found: [noon - 1] },
      { from: noon + 2, to: noon + 3, found: [] },
    ])("are narrowed to from ≤ receivedAt < to: $found", async ({ from, to, found }) => {
      const [store, merchant] = fresh();
      for (const at of [noon - 1, noon, noon + 1]) await store.noteRejected(merchant, requestOf(at));
      const { requests } = await store.rejected(merchant, { ...all, from, to });
      expect(requests.map(({ receivedAt }) => receivedAt)).toEqual(found);
    });

    test.for([1, 2, 5, 6, 7])("turn pages of %i over days", async (limit) => {
      const [store, merchant] = fresh();
      const requests = [0, 1, 2, 3, 4, 5].map((step) => requestOf(noon + step * 0.7 * dayMs));
      for (const request of requests) await store.noteRejected(merchant, request);
      const read: RejectedRequest[] = [];
      let after: string | undefined;
      do {
        const page = await store.rejected(merchant, { ...within, limit, after });
        expect(page.requests.length).toBeLessThanOrEqual(limit);
        read.push(...page.requests);
        after = page.next;
      } while (after !== undefined);
      expect(read).toEqual(requests.toReversed());
    });
  });
}
