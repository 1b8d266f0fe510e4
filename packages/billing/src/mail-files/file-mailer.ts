import { createHash } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Letter, Mailer } from "../mailer.ts";

/** Letters as files of a folder, each under a name made of its id: the same letter is the same file. */
export function fileMailer(folder: string): Mailer {
  return {
    async send(letter) {
      await mkdir(folder, { recursive: true });
      const file = join(folder, nameOf(letter));
      await writeFile(`${file}.new`, asMessage(letter));
      await rename(`${file}.new`, file);
    },
  };
}

/** An id may hold letters that a file's name may not, or more of them. */
function nameOf({ id }: Letter): string {
  const digest = createHash("sha256").update(id).digest("hex").slice(0, 12);
  return `${id.replaceAll(/[^A-Za-z0-9_.-]/g, "_").slice(0, 150)}-${digest}.eml`;
}

/** A message as mail programs open it. Source: RFC 5322, RFC 6532. */
function asMessage({ id, to, from, subject, text }: Letter): string {
  const headers = [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `X-Farthing-Id: ${id}`];
  return [...headers, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", text].join("\n");
}
