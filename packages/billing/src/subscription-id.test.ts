import { customerId } from "@farthing/money";
import { expect, test } from "vitest";
import { customerOfSubscription, subscriptionId } from "./subscription-id.ts";

const digest = "0123456789abcdef".repeat(4);

test.for(["ann", "a_b", "sub_x_1", "a.b:c@d-e", "x".repeat(128)])("a subscription's id names %s", (customer) => {
  expect(customerOfSubscription(subscriptionId(customerId(customer), digest))).toBe(customer);
});

test.for(["", "sub_", "sub_ann", "sub_ann_0123", "sub__0123456789abcdef01234567", "inv_ann_0123456789abcdef01234567"])(
  "%j names nobody",
  (id) => {
    expect(customerOfSubscription(id)).toBeUndefined();
  },
);
