const tones: Readonly<Record<string, string>> = {
  sealed: "bg-accent-ground text-accent",
  paid: "bg-good-ground text-good",
  done: "bg-good-ground text-good",
  carried: "bg-hover text-body",
  void: "bg-hover text-body",
  draft: "bg-hover text-body",
  rolling: "bg-warn-ground text-warn",
  settling: "bg-warn-ground text-warn",
  past_due: "bg-bad-ground text-bad",
  uncollectible: "bg-bad-ground text-bad",
  failed: "bg-bad-ground text-bad",
  counted: "bg-good-ground text-good",
  duplicate: "bg-hover text-body",
  conflict: "bg-warn-ground text-warn",
  unmetered: "bg-warn-ground text-warn",
  voided: "bg-hover text-body",
  rejected: "bg-bad-ground text-bad",
};

/** A state in words; the colour only repeats it. */
export function Status({ status }: { readonly status: string }) {
  const words = status.replaceAll("_", " ");
  return (
    <span
      data-status={status}
      className={`inline-block whitespace-nowrap rounded px-1.5 py-px text-xs font-medium first-letter:uppercase ${tones[status] ?? "bg-hover text-body"}`}
    >
      {words}
    </span>
  );
}
