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
  pending: "bg-warn-ground text-warn",
  delivered: "bg-good-ground text-good",
  enabled: "bg-good-ground text-good",
  failing: "bg-warn-ground text-warn",
  disabled: "bg-bad-ground text-bad",
  sending: "bg-warn-ground text-warn",
  unknown: "bg-warn-ground text-warn",
  declined: "bg-bad-ground text-bad",
  refused: "bg-bad-ground text-bad",
  no_method: "bg-bad-ground text-bad",
  written_off: "bg-bad-ground text-bad",
  paid_outside: "bg-good-ground text-good",
  refund_failed: "bg-bad-ground text-bad",
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
