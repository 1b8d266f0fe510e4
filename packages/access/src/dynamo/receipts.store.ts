import type { EntityConfiguration } from "electrodb";
import { type Receipt, type ReceiptName, type Receipts, receiptId } from "../receipt.ts";
import { receiptEntity } from "./receipt.entity.ts";

const secondMs = 1000;

/** Receipts in DynamoDB, which forgets them by itself once they have expired. */
export function dynamoReceipts(config: EntityConfiguration): Receipts {
  const receipts = receiptEntity(config);
  const keyOf = (name: ReceiptName) => ({ merchant: name.merchant, id: receiptId(name) });

  const find = async (name: ReceiptName): Promise<Receipt | undefined> => {
    const { data } = await receipts.get(keyOf(name)).go({ consistent: true });
    if (data === null) return undefined;
    const { digest, receivedAt, expiresAt, answer } = data;
    const { merchant, route, key } = name;
    const kept = { merchant, route, key, digest, receivedAt, expiresAt: expiresAt * secondMs };
    return answer === undefined ? kept : { ...kept, answer };
  };

  const open = async (receipt: Receipt): Promise<Receipt> => {
    const { digest, receivedAt } = receipt;
    // The table forgets late, so an item may lie there that has expired.
    const opened = await receipts
      .put({ ...keyOf(receipt), digest, receivedAt, expiresAt: Math.ceil(receipt.expiresAt / secondMs) })
      .where((at, is) => `${is.notExists(at.digest)} OR ${is.lte(at.expiresAt, Math.floor(receivedAt / secondMs))}`)
      .go({ returnOnConditionCheckFailure: true });
    if (!opened.rejected) return receipt;
    // Between the two it may have been withdrawn.
    return (await find(receipt)) ?? open(receipt);
  };

  return {
    open,
    async answer(name, answer) {
      const added = await receipts
        .patch(keyOf(name))
        .set({ answer })
        .where((at, is) => is.notExists(at.answer))
        .go({ returnOnConditionCheckFailure: true });
      return added.rejected ? ((await find(name))?.answer ?? answer) : answer;
    },
    async withdraw({ digest, ...name }) {
      await receipts
        .delete(keyOf(name))
        .where((at, is) => `${is.eq(at.digest, digest)} AND ${is.notExists(at.answer)}`)
        .go({ returnOnConditionCheckFailure: true });
    },
  };
}
