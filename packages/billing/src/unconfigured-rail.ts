import type { PaymentRail } from "./payment-rail.ts";

const no = async () => ({ kind: "refused", code: "rail_not_configured", final: false }) as const;

/** A rail without a key: it refuses everything for now, so that collections wait, and say why. */
export const unconfiguredRail: PaymentRail = {
  createCustomer: no,
  savedMethod: no,
  createPayment: no,
  findPayments: no,
  readPayment: no,
  takePayment: no,
  closePayment: no,
  refund: no,
  findRefunds: no,
  openPage: no,
  movements: no,
  payments: no,
};
