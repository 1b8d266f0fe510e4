import Link from "next/link";

interface Props {
  readonly label: string;
  readonly tabs: readonly { readonly name: string; readonly href: string; readonly current: boolean }[];
}

/** A choice that stands in the address: each part is a link. */
export function LinkTabs({ label, tabs }: Props) {
  return (
    <nav aria-label={label} className="segments">
      {tabs.map(({ name, href, current }) => (
        <Link
          key={name}
          href={href}
          prefetch={false}
          scroll={false}
          aria-current={current ? "true" : undefined}
          className="segment"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
