export type { ApiKey, KeyId } from "./api-key.ts";
export { cachedKeys, keyFreshMs } from "./cached-keys.ts";
export {
  changeWebhook,
  deleteWebhook,
  rotateWebhook,
  type WebhookChange,
  type WebhookPlace,
} from "./change-webhook.ts";
export { type CreatedKey, createKey, type ExpiryInPast, type NewKey } from "./create-key.ts";
export { type CreatedMerchant, createMerchant, type NewMerchant } from "./create-merchant.ts";
export { createWebhook, type NewWebhook, type TooManyWebhooks } from "./create-webhook.ts";
export { type Delivered, deliver } from "./deliver.ts";
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
export type { WebhookTargets } from "./public-address.ts";
export { publishMessage, publishMessages } from "./publish-message.ts";
export { getMerchant, listKeys, type OwnMerchant, putMerchant } from "./read-access.ts";
export {
  getWebhook,
  getWebhookMessage,
  listDeliveries,
  listWebhooks,
  testWebhook,
} from "./read-webhooks.ts";
export {
  firstReceipt,
  type IdempotencyConflict,
  type Receipt,
  type ReceiptName,
  type Receipts,
  receiptDays,
  type StoredAnswer,
} from "./receipt.ts";
export {
  type InvalidReplayRange,
  replayDeliveries,
  replayDelivery,
  type WebhookDisabled,
} from "./replay-deliveries.ts";
export { type NotFound, type OwnKey, revokeKey } from "./revoke-key.ts";
export { allRoles, permits, Role } from "./role.ts";
export { wakeDeliveries } from "./wake-deliveries.ts";
export { DisabledReason, WebhookEventType } from "./webhook-event.ts";
export { WebhookScheme } from "./webhook-keys.ts";
export type { Cause } from "./webhook-message.ts";
export type { DeliverStores, PublishStores, WebhookStores } from "./webhook-ports.ts";
export type { InvalidWebhookUrl } from "./webhook-url.ts";
