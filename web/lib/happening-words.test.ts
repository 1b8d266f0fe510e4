import { expect, test } from "vitest";
import { happeningWords, ownerWords } from "./happening-words.ts";

test.for([
  ["fell_due", "Fell due unpaid"],
  ["paid_outside", "Paid outside of Farthing"],
  ["sent_by_pigeon", "sent by pigeon"],
  ["constructor", "constructor"],
] as const)("%s is told as %s", ([event, words]) => {
  expect(happeningWords(event)).toBe(words);
});

test.for([
  ["people", "a person"],
  ["collection", "collection"],
  ["auditors", "auditors"],
] as const)("%s is %s", ([by, words]) => {
  expect(ownerWords(by)).toBe(words);
});
