import type { StoreCall } from "./scheduler.ts";

/** A store call in words. */
export function callText({ proc, port, method, args }: StoreCall): string {
  return `${proc.name}${proc.alive ? "" : " (dead)"} ${port}.${method}(${args.map(brief).join(", ")})`;
}

/** A value in few words. */
export function brief(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value, (key, part: unknown) => {
    if (typeof part === "bigint") return part.toString();
    if (part instanceof Uint8Array) return `${part.length} bytes`;
    if (key === "digest" || key === "root" || key === "tree") return String(part).slice(0, 6);
    return key === "merchant" || key === "tally" || key === "page" ? undefined : part;
  });
  return text === undefined ? String(value) : text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
