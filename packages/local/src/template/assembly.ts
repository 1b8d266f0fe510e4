import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as v from "valibot";

/** One resource of a template, its properties still holding intrinsic functions. */
export interface Resource {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** One stack: its resources by logical id, the defaults of its parameters, and what it exports to other stacks. */
export interface Stack {
  readonly name: string;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly exports: readonly { readonly name: unknown; readonly value: unknown }[];
}

/** A synthesised cloud assembly: what would be deployed, and where the code of its functions lies. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  /** Folder or file of an asset by the object key under which it would be uploaded. */
  readonly assets: ReadonlyMap<string, string>;
}

const Manifest = v.looseObject({
  artifacts: v.optional(
    v.record(
      v.string(),
      v.looseObject({
        type: v.string(),
        properties: v.optional(
          v.looseObject({
            templateFile: v.optional(v.string()),
            stackName: v.optional(v.string()),
            file: v.optional(v.string()),
            directoryName: v.optional(v.string()),
          }),
        ),
      }),
    ),
    {},
  ),
});

const Template = v.looseObject({
  Parameters: v.optional(v.record(v.string(), v.looseObject({ Default: v.optional(v.unknown()) })), {}),
  Resources: v.optional(
    v.record(
      v.string(),
      v.looseObject({ Type: v.string(), Properties: v.optional(v.record(v.string(), v.unknown()), {}) }),
    ),
    {},
  ),
  Outputs: v.optional(
    v.record(
      v.string(),
      v.looseObject({ Value: v.unknown(), Export: v.optional(v.looseObject({ Name: v.unknown() })) }),
    ),
    {},
  ),
});

const AssetManifest = v.looseObject({
  files: v.optional(
    v.record(
      v.string(),
      v.looseObject({
        source: v.looseObject({ path: v.optional(v.string()) }),
        destinations: v.record(v.string(), v.looseObject({ objectKey: v.string() })),
      }),
    ),
    {},
  ),
});

async function json(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}

/** Reads a CloudFormation template as CDK writes it. */
export function readTemplate(name: string, template: unknown): Stack {
  const { Resources, Parameters, Outputs } = v.parse(Template, template);
  const resources = Object.entries(Resources).map(([id, { Type, Properties }]): [string, Resource] => [
    id,
    { stack: name, id, type: Type, properties: Properties },
  ]);
  return {
    name,
    resources: new Map(resources),
    parameters: new Map(Object.entries(Parameters).map(([id, { Default }]) => [id, Default])),
    exports: Object.values(Outputs).flatMap(({ Value, Export }) =>
      Export === undefined ? [] : [{ name: Export.Name, value: Value }],
    ),
  };
}

async function readAssets(folder: string, file: string): Promise<[string, string][]> {
  const { files } = v.parse(AssetManifest, await json(join(folder, file)));
  return Object.values(files).flatMap(({ source, destinations }) => {
    const { path } = source;
    if (path === undefined) return [];
    return Object.values(destinations).map(({ objectKey }): [string, string] => [objectKey, resolve(folder, path)]);
  });
}

/**
 * Reads the cloud assembly in a folder: every template, nested assemblies too, and where each asset lies.
 *
 * Source: `manifest.json` as `cdk synth` and `new App({ outdir })` write it.
 */
export async function readAssembly(folder: string): Promise<Assembly> {
  const stacks: Stack[] = [];
  const assets = new Map<string, string>();
  const { artifacts } = v.parse(Manifest, await json(join(folder, "manifest.json")));
  for (const [id, { type, properties }] of Object.entries(artifacts)) {
    if (type === "aws:cloudformation:stack" && properties?.templateFile !== undefined) {
      stacks.push(readTemplate(properties.stackName ?? id, await json(join(folder, properties.templateFile))));
    } else if (type === "cdk:asset-manifest" && properties?.file !== undefined) {
      for (const [key, path] of await readAssets(folder, properties.file)) assets.set(key, path);
    } else if (type === "cdk:cloud-assembly" && properties?.directoryName !== undefined) {
      const nested = await readAssembly(join(folder, properties.directoryName));
      stacks.push(...nested.stacks);
      for (const [key, path] of nested.assets) assets.set(key, path);
    }
  }
  return { stacks, assets };
}
