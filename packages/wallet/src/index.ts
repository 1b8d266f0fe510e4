export {
  createGrant,
  type ExpiryInPast,
  type GrantBody,
  type GrantStores,
  type InvalidGrant,
  type NoSuchMeter,
  type UnknownHolder,
} from "./create-grant.ts";
export {
  type Coverable,
  type Draw,
  drawGrants,
  inScope,
  isRolledFor,
  type Used,
  withDraw,
} from "./draw-grants.ts";
export {
  byDrawOrder,
  type Grant,
  type GrantScope,
  type GrantStage,
  type GrantState,
  type RollOver,
  remaining,
  rolledOver,
  stageAt,
  untouched,
} from "./grant.ts";
export type { EntryDocument, GrantDocument } from "./grant-document.ts";
export { type GrantDraw, type GrantEntry, type GrantStep, grantEntries } from "./grant-entries.ts";
export type { Drawings, Grants, Holder, Holders } from "./ports.ts";
export { type GrantReading, getGrant, listGrantEntries, listGrants, type NoSuchGrant } from "./read-grants.ts";
