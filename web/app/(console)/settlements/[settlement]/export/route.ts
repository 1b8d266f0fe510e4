import { exportSettlement } from "@/lib/api.ts";
import { handThrough } from "@/lib/hand-through.ts";

interface Context {
  readonly params: Promise<{ readonly settlement: string }>;
}

const formats = ["csv", "jsonl", "journal", "xlsx", "parquet"] as const;

/** Hands through the settlement's file as the API writes it, so that the key never reaches the browser. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const id = decodeURIComponent((await params).settlement);
  const asked = new URL(request.url).searchParams.get("format");
  const format = formats.find((name) => name === asked) ?? "csv";
  return handThrough(await exportSettlement(id, format), `settlement-${id}.${format}`);
}
