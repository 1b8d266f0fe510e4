import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { synthesise } from "../synth.ts";
import { repository } from "./scratch-root.ts";

/** A resource of a synthesised template. */
interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** A template, as CloudFormation gets it. */
interface StackTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
}

/** One resource, and where it stands. */
export interface Found {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly deletion: string | undefined;
}

/** The synthesised stacks by name ("Shared"), for tests to assert on. */
export class Templates {
  readonly stacks: Readonly<Record<string, StackTemplate>>;

  constructor(stacks: Readonly<Record<string, StackTemplate>>) {
    this.stacks = stacks;
  }

  /** All resources of a type, over all stacks. */
  all(type: string): Found[] {
    return Object.entries(this.stacks).flatMap(([stack, { Resources }]) =>
      Object.entries(Resources)
        .filter(([, resource]) => resource.Type === type)
        .map(([id, resource]) => ({
          stack,
          id,
          type,
          properties: this.plain(stack, resource.Properties ?? {}) as Readonly<Record<string, unknown>>,
          deletion: resource.DeletionPolicy,
        })),
    );
  }

  /** A value with its references written out as text: "Journal.Arn", "Rolls", over stacks too. */
  plain(stack: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.plain(stack, item));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [key, argument] = entries.length === 1 ? (entries[0] ?? []) : [];
    if (key === "Ref") return nameOf(String(argument));
    if (key === "Fn::GetAtt" && Array.isArray(argument)) return `${nameOf(String(argument[0]))}.${argument[1]}`;
    if (key === "Fn::ImportValue") return this.exported(String(argument));
    if (key === "Fn::Join" && Array.isArray(argument)) {
      const parts: unknown = this.plain(stack, argument[1]);
      return Array.isArray(parts) ? parts.join(String(argument[0])) : parts;
    }
    return Object.fromEntries(entries.map(([name, item]) => [name, this.plain(stack, item)]));
  }

  private exported(name: string): unknown {
    for (const [stack, { Outputs = {} }] of Object.entries(this.stacks)) {
      const output = Object.values(Outputs).find(({ Export }) => Export?.Name === name);
      if (output !== undefined) return this.plain(stack, output.Value);
    }
    throw new Error(`No stack exports ${name}.`);
  }
}

/** CDK ends a logical id with eight hexadecimal digits of its path. */
function nameOf(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, "");
}

/** Synthesises and reads the stacks. Test files share the assembly with each other and with the local cloud. */
export async function templates(options: { root?: string; stage?: string; web?: boolean } = {}): Promise<Templates> {
  const { root = repository, ...rest } = options;
  const { assembly } = await synthesise({ root, cacheDir: join(root, ".farthing"), ...rest });
  const stacks = globSync("*.template.json", { cwd: assembly }).map((file) => {
    const name = /farthing-(\w+)\.template/.exec(file)?.[1] ?? file;
    const template: StackTemplate = JSON.parse(readFileSync(join(assembly, file), "utf8"));
    return [name, template] as const;
  });
  return new Templates(Object.fromEntries(stacks));
}
