import * as v from "valibot";

/** What a key may do: send events, read, manage what is billed, run settlements, or everything. */
export const Role = v.picklist(["ingest", "read", "billing", "finance", "admin"]);
export type Role = v.InferOutput<typeof Role>;

/** Every role, in the order in which people are shown them. */
export const allRoles: readonly Role[] = Role.options;

/** Whether a key's roles open a door that any one of `needed` opens; `admin` opens every door. */
export function permits(roles: readonly Role[], needed: readonly Role[]): boolean {
  return roles.some((role) => role === "admin" || needed.includes(role));
}
