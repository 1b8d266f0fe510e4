"use client";

import { createContext, type ReactNode, useActionState, useContext } from "react";
import { replayMessage } from "@/app/(console)/developers/webhooks/actions.ts";

interface Replay {
  readonly send: (form: FormData) => void;
  readonly sending: boolean;
}

const Replays = createContext<Replay>({ send: () => undefined, sending: false });

/** Sends messages again for the forms in it, and tells what came of the last one: its row may have left the list meanwhile. */
export function ReplayBoard({ children }: { readonly children: ReactNode }) {
  const [outcome, send, sending] = useActionState(replayMessage, undefined);
  return (
    <Replays value={{ send, sending }}>
      {outcome === undefined ? null : (
        <p
          role={outcome.ok ? "status" : "alert"}
          data-replay={outcome.ok ? "sent" : "refused"}
          className={`text-sm [overflow-wrap:anywhere] ${outcome.ok ? "text-good" : "text-bad"}`}
        >
          {outcome.words}
        </p>
      )}
      {children}
    </Replays>
  );
}

/** The board that a form stands in. */
export function useReplay(): Replay {
  return useContext(Replays);
}
