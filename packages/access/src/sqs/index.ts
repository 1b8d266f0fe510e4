export { DeliveryMessage, sqsDeliveryQueue } from "./delivery-queue.ts";
