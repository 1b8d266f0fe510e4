import { tailEvents } from "@/lib/api.ts";

/** Hands the API's long poll through, so that the key never reaches the browser. */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const asked = (name: string) => query.get(name) ?? undefined;
  const answer = await tailEvents({ cursor: asked("cursor"), customer: asked("customer"), type: asked("type") });
  const headers = { "cache-control": "no-store" };
  if (!answer.ok) return Response.json(answer.problem, { status: answer.problem.status || 502, headers });
  return Response.json(answer.value, { headers });
}
