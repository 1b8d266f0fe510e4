/** Whether a request asks for one content type rather than another: by name, and no less gladly. Source: RFC 9110, 12.5.1. */
export function asksFor(type: string, { over }: { readonly over: string }, accept = ""): boolean {
  const ranges = accept.split(",").map(readRange);
  const weightOf = (name: string) => ranges.find((range) => range.name === name)?.weight ?? 0;
  return weightOf(type) > 0 && weightOf(type) >= weightOf(over);
}

function readRange(text: string): { readonly name: string; readonly weight: number } {
  const [name = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  return { name, weight: weight === undefined ? 1 : Number(weight) || 0 };
}
