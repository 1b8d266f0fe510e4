export type { Endpoint, Webhook } from "./deliveries.ts";
export { type StripeHttp, type StripeHttpOptions, startStripe } from "./http.ts";
export { fetchInProcess } from "./in-process.ts";
export { type DeliveryFault, type Fault, faults, type ScriptLine } from "./script.ts";
export { openStripe, type StripeOptions, type StripeServer } from "./server.ts";
