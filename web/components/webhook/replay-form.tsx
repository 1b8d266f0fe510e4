"use client";

import { Dialog } from "@base-ui/react/dialog";
import { useState } from "react";
import { useReplay } from "./replay-board.tsx";

interface Props {
  readonly webhook: string;
  readonly url: string;
  readonly message: string;
  readonly type: string;
}

/** Sends a message again, after a dialog that says what that does; the board around it tells what came of it. */
export function ReplayForm({ webhook, url, message, type }: Props) {
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState("");
  const { send, sending } = useReplay();
  const show = (shown: boolean) => {
    // A key for each time that it is asked for: a second press of the same dialog sends nothing more.
    if (shown) setKey(crypto.randomUUID());
    setOpen(shown);
  };
  return (
    <Dialog.Root open={open} onOpenChange={show}>
      <Dialog.Trigger className="button" disabled={sending}>
        {sending ? "Sending…" : "Replay"}
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed left-1/2 top-1/3 z-50 w-[28rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 rounded-lg border border-line-strong bg-panel p-5">
          <Dialog.Title className="text-base font-semibold text-ink">Send this message again?</Dialog.Title>
          <Dialog.Description className="mt-2 text-sm text-body [overflow-wrap:anywhere]">
            {type} goes to {url} once more, under the same id {message} and with attempts of its own. Who keeps to the
            id takes it once.
          </Dialog.Description>
          <form action={send} onSubmit={() => setOpen(false)} className="mt-4 flex justify-end gap-2">
            <input type="hidden" name="webhook" value={webhook} />
            <input type="hidden" name="message" value={message} />
            <input type="hidden" name="key" value={key} />
            <Dialog.Close className="button">Cancel</Dialog.Close>
            <button
              type="submit"
              className="button border-transparent bg-accent text-panel hover:bg-accent hover:opacity-90"
            >
              Send again
            </button>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
