import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

/** The fonts of documents, with Latin, Cyrillic, Hangul and kana. TrueType: its subsets are the smallest and the fastest made. */
const names = { regular: "Pretendard-Regular.ttf", bold: "Pretendard-SemiBold.ttf" } as const;

/** The fonts' bytes. */
export interface Fonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

/** Reads the fonts: a deployed function carries them beside its code (`stacks/bundle.ts`), else they are in their package. */
export async function readFonts(): Promise<Fonts> {
  const [regular, bold] = await Promise.all([readFile(fileOf(names.regular)), readFile(fileOf(names.bold))]);
  return { regular, bold };
}

function fileOf(name: string): string {
  const beside = join(import.meta.dirname, "fonts", name);
  if (existsSync(beside)) return beside;
  return createRequire(import.meta.url).resolve(`pretendard/dist/public/static/alternative/${name}`);
}
