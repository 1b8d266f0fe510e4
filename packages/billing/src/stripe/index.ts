export { stripeEvents } from "./stripe-events.ts";
export { type StripeParts, stripeRails } from "./stripe-rail.ts";
