import { Search } from "lucide-react";

/** Finds a customer by its id. A plain form: the address holds what was asked for. */
export function FindCustomer({ id }: { readonly id: string }) {
  return (
    <search>
      <form action="/customers" className="flex gap-2">
        <label className="sr-only" htmlFor="find-id">
          Customer id
        </label>
        <input
          key={id}
          id="find-id"
          name="id"
          defaultValue={id}
          placeholder="Customer id"
          autoComplete="off"
          className="field w-44 sm:w-64"
        />
        <button type="submit" className="button">
          <Search className="size-3.5" aria-hidden />
          Find
        </button>
      </form>
    </search>
  );
}
