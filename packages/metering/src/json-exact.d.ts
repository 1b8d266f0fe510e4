/** What Node 24 has and the ES2024 library does not declare yet. Source: TC39 JSON.parse source text access. */
interface JSON {
  rawJSON(text: string): unknown;
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
}
