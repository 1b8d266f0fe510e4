import type { Metadata } from "next";
import { NotHere } from "@/components/not-here.tsx";

export const metadata: Metadata = { title: "Not found" };

/** An address that no page has. */
export default function NotFound() {
  return (
    <main className="px-4">
      <NotHere />
    </main>
  );
}
