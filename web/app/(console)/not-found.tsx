import { NotHere } from "@/components/not-here.tsx";

/** An address inside the frame that leads to nothing of this merchant's. */
export default function NotFound() {
  return <NotHere />;
}
