"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";

interface Props {
  readonly text: string;
  readonly name: string;
}

/** Copies a text and says so for a moment. */
export function CopyButton({ text, name }: Props) {
  const [copied, setCopied] = useState(false);
  const Icon = copied ? Check : Copy;
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_600);
  }
  return (
    <button
      type="button"
      onClick={() => void copy()}
      aria-label={copied ? "Copied" : name}
      title={name}
      className="relative z-10 -my-1 inline-grid size-6 shrink-0 place-items-center rounded text-soft hover:bg-hover hover:text-ink"
    >
      <Icon className="size-3.5" aria-hidden />
    </button>
  );
}
