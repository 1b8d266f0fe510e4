import { describe, expect, test } from "vitest";
import { resolve, type Scope } from "./intrinsics.ts";

// Templates hold these placeholders as plain text.
const sub = (text: string): string => text.replaceAll("<", "$" + "{").replaceAll(">", "}");

const scope: Scope = {
  ref: (id) => `ref-${id}`,
  attribute: (id, name) => `${id}/${name}`,
  imported: (name) => `import-${name}`,
};

describe("resolve", () => {
  test.for([
    { value: "plain", gives: "plain" },
    { value: 3, gives: 3 },
    { value: null, gives: null },
    { value: { Ref: "A" }, gives: "ref-A" },
    { value: { "Fn::GetAtt": ["A", "Arn"] }, gives: "A/Arn" },
    { value: { "Fn::GetAtt": ["A", "Outputs.Nested"] }, gives: "A/Outputs.Nested" },
    { value: { "Fn::GetAtt": "A.Arn" }, gives: "A/Arn" },
    { value: { "Fn::Join": ["-", ["x", { Ref: "A" }, 7]] }, gives: "x-ref-A-7" },
    { value: { "Fn::ImportValue": "Data:Table" }, gives: "import-Data:Table" },
    { value: { "Fn::ImportValue": { "Fn::Join": ["", ["a", "b"]] } }, gives: "import-ab" },
    { value: { "Fn::Sub": sub("in <A> and <B.Arn>, not <!C>") }, gives: sub("in ref-A and B/Arn, not <C>") },
    { value: { "Fn::Sub": [sub("<own> <A>"), { own: { Ref: "B" } }] }, gives: "ref-B ref-A" },
    { value: { "Fn::Select": [1, { "Fn::Split": ["|", "a|b|c"] }] }, gives: "b" },
    { value: { deep: [{ Ref: "A" }, { Name: { Ref: "B" } }] }, gives: { deep: ["ref-A", { Name: "ref-B" }] } },
    { value: { Ref: "A", Other: 1 }, gives: { Ref: "A", Other: 1 } },
  ])("puts $gives for $value", ({ value, gives }) => {
    expect(resolve(value, scope)).toEqual(gives);
  });

  test("names an intrinsic function that is not run", () => {
    expect(() => resolve({ a: [{ "Fn::FindInMap": ["A", "b", "c"] }] }, scope)).toThrow("Fn::FindInMap");
  });

  test("refuses to join what is no text", () => {
    expect(() => resolve({ "Fn::Join": ["", [{ a: 1 }]] }, scope)).toThrow("Fn::Join");
  });
});
