import type { Answer } from "./api.ts";

/** Hands a file of the API through to the browser under a name; a failure as its problem document. */
export function handThrough(answer: Answer<Response>, name: string): Response {
  if (!answer.ok) return Response.json(answer.problem, { status: answer.problem.status || 502 });
  return new Response(answer.value.body, {
    headers: {
      "content-type": answer.value.headers.get("content-type") ?? "application/octet-stream",
      "content-disposition": `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"`,
      "cache-control": "no-store",
    },
  });
}
