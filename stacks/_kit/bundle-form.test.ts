import { describe, expect, test } from "vitest";
import { bundleCode, bundleForm } from "./bundle-form.ts";

describe("bundleCode", () => {
  test.for([
    { stage: "local", folder: ".build/together", handler: "billing/settle/index.handler" },
    { stage: "prod", folder: ".build/functions/billing/settle", handler: "index.handler" },
  ])("of the stage $stage is $handler in $folder", ({ stage, ...code }) => {
    expect(bundleCode(bundleForm(stage), "billing/settle")).toEqual(code);
  });
});
