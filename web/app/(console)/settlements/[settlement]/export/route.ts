import { exportSettlement } from "@/lib/api.ts";

interface Context {
  readonly params: Promise<{ readonly settlement: string }>;
}

/** Hands through the settlement's CSV as the API streams it, so that the key never reaches the browser. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const id = decodeURIComponent((await params).settlement);
  const answer = await exportSettlement(id);
  if (!answer.ok) return Response.json(answer.problem, { status: answer.problem.status || 502 });
  return new Response(answer.value.body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="settlement-${id.replace(/[^\w.-]/g, "_")}.csv"`,
      "cache-control": "no-store",
    },
  });
}
