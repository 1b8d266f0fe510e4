"use client";

import { useRouter } from "next/navigation";

interface Props {
  readonly label: string;
  readonly value: string;
  /** Each choice with the address that it leads to. */
  readonly choices: readonly { readonly value: string; readonly name: string; readonly href: string }[];
}

/** A choice among many that stands in the address. */
export function FilterSelect({ label, value, choices }: Props) {
  const router = useRouter();
  return (
    <label className="flex min-w-0 items-center gap-2 text-sm text-soft">
      {label}
      <select
        className="field min-w-0"
        value={value}
        onChange={({ target }) => {
          const chosen = choices.find((choice) => choice.value === target.value);
          if (chosen) router.push(chosen.href, { scroll: false });
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.name}
          </option>
        ))}
      </select>
    </label>
  );
}
