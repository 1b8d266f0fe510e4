import { FarthingClient, FarthingError, type Problem } from "@farthing/sdk";
import { currentSession, signInFirst } from "./session.ts";

/** What a read came to: a value, or the problem that a page shows in its place. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** The address of the API, also shown in the commands that a reader can copy. */
export function apiAddress(): string {
  return process.env.FARTHING_API_URL ?? "http://127.0.0.1:4510";
}

/** Asks the API as whoever is signed in; who is not, signs in first. */
export async function read<T>(ask: (api: FarthingClient) => Promise<T>): Promise<Answer<T>> {
  const session = await currentSession();
  if (!session) return signInFirst();
  const answer = await answerOf(ask(clientOf(session.key)));
  // A key that was revoked since it signed in is asked for again; a built-in one is the operator's to mend.
  if (!answer.ok && answer.problem.status === 401 && session.from === "cookie") return signInFirst();
  return answer;
}

/** A page is waited for, so a read is tried twice at most, and never answered from a cache. */
export function clientOf(key: string): FarthingClient {
  const fresh: typeof fetch = (input, init) => fetch(input, { ...init, cache: "no-store" });
  return new FarthingClient({ key, url: apiAddress(), attempts: 2, timeoutMs: 20_000, fetch: fresh });
}

/** The API's answer, or its problem; throws what is neither. */
export async function answerOf<T>(asked: Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await asked };
  } catch (error) {
    if (!(error instanceof FarthingError)) throw error;
    const { code, status, message } = error;
    const unanswered = { type: "about:blank", title: "The API does not answer", status, code, detail: message };
    return { ok: false, problem: error.problem ?? unanswered };
  }
}

type Given<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** The same values without those that are not there. */
export function given<T extends object>(values: T): Given<T>;
export function given(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
