"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Menu, X } from "lucide-react";
import { usePathname, useSearchParams } from "next/navigation";
import { type ReactNode, useState } from "react";

/** The rail on narrow screens: a drawer that closes once another page is chosen, and hands the focus back. */
export function RailDrawer({ children }: { readonly children: ReactNode }) {
  const here = `${usePathname()}?${useSearchParams().toString()}`;
  const [openAt, setOpenAt] = useState<string>();
  return (
    <Dialog.Root open={openAt === here} onOpenChange={(open) => setOpenAt(open ? here : undefined)}>
      <Dialog.Trigger
        className="-ml-1.5 grid size-8 place-items-center rounded-md text-ink hover:bg-hover lg:hidden"
        aria-label="Open the menu"
      >
        <Menu className="size-4" aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-50 w-64 max-w-[85vw] overflow-y-auto border-r border-line bg-rail">
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          <Dialog.Close
            className="absolute right-3 top-3.5 grid size-8 place-items-center rounded-md hover:bg-hover"
            aria-label="Close the menu"
          >
            <X className="size-4" aria-hidden />
          </Dialog.Close>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
