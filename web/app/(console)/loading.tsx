import { PageSkeleton } from "@/components/skeleton.tsx";

/** What stands while a page is read. */
export default function Loading() {
  return <PageSkeleton />;
}
