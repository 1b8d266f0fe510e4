import { describe, expect, test } from "vitest";
import { ByteWriter } from "./byte-writer.ts";
import { Piece } from "./piece.ts";

describe("pieces", () => {
  test.for(["", "a", "abc", "abcd", "äöü€", "x".repeat(99)])("of %o are written as they are", (text) => {
    for (let before = 0; before < 5; before++) {
      const writer = new ByteWriter(1);
      writer.text("-".repeat(before));
      writer.piece(Piece.of(text));
      writer.text("!");
      expect(writer.view().toString()).toBe(`${"-".repeat(before)}${text}!`);
    }
  });
});

describe("a writer that was moved", () => {
  test("writes into the memory that it was given until it is full, then into its own", () => {
    const room = Buffer.alloc(8, ".");
    const writer = new ByteWriter(room);
    writer.moveTo(room, 2);
    writer.text("abc");
    expect(room.toString()).toBe("..abc...");
    writer.piece(Piece.of("defghij"));
    expect(writer.view().subarray(2).toString()).toBe("abcdefghij");
    expect(writer.bytes).not.toBe(room);
    writer.moveTo(room, 0);
    writer.piece(Piece.of("z"));
    expect(room.toString("latin1", 0, 1)).toBe("z");
  });
});
