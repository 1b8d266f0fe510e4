/** The mark: a coin with its fourth part filled, which is what a farthing is. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" className="size-5 text-accent" aria-hidden="true">
      <circle cx="16" cy="16" r="14" fill="none" stroke="currentColor" strokeWidth="2.5" />
      <path d="M16 16V5.5A10.5 10.5 0 0 1 26.5 16Z" fill="currentColor" />
    </svg>
  );
}
