export type { ApiKey, KeyId } from "./api-key.ts";
export { cachedKeys, keyFreshMs } from "./cached-keys.ts";
export { type CreatedKey, createKey, type ExpiryInPast, type NewKey } from "./create-key.ts";
export { type CreatedMerchant, createMerchant, type NewMerchant } from "./create-merchant.ts";
export { type Identity, identify, type Unauthorized } from "./identify.ts";
export { KeyEnvironment, type KeyText, parseKeyText } from "./key-text.ts";
export {
  type BillingTerms,
  type FeeRule,
  type Merchant,
  type MerchantChange,
  merchantKey,
  type Seller,
} from "./merchant.ts";
export type { Access, KeyMatch, KeyPage, Keys, Merchants, Randomness } from "./ports.ts";
export { getMerchant, listKeys, type OwnMerchant, putMerchant } from "./read-access.ts";
export {
  firstReceipt,
  type IdempotencyConflict,
  type Receipt,
  type ReceiptName,
  type Receipts,
  receiptDays,
  type StoredAnswer,
} from "./receipt.ts";
export { type NotFound, type OwnKey, revokeKey } from "./revoke-key.ts";
export { allRoles, permits, Role } from "./role.ts";
