import type { Assembly, Resource, Stack } from "./assembly.ts";
import { noValue, resolve, type Scope } from "./intrinsics.ts";
import { isInert } from "./kinds.ts";

/** The account that everything local belongs to: the one that the emulators put into their own names. */
export const localAccount = "000000000000";

/** The region that everything local lies in. */
export const localRegion = "us-east-1";

/** What is known only once the emulators run. */
export interface Live {
  streamArn(table: string): string;
  queueUrl(queue: string): string;
  apiUrl(): string;
}

/** The resources of an assembly with the names that they have on this machine. */
export interface World {
  /** A resource's properties with their intrinsic functions resolved. */
  properties(resource: Resource): Readonly<Record<string, unknown>>;
  /** What `Ref` gives for a resource that has a name. */
  nameOf(resource: Resource): string;
  arnOf(resource: Resource): string;
}

interface Identity {
  readonly ref: () => unknown;
  readonly attributes: Readonly<Record<string, () => unknown>>;
}

const nameProperty: Readonly<Record<string, string>> = {
  "AWS::DynamoDB::GlobalTable": "TableName",
  "AWS::DynamoDB::Table": "TableName",
  "AWS::Events::Rule": "Name",
  "AWS::Lambda::Function": "FunctionName",
  "AWS::Logs::LogGroup": "LogGroupName",
  "AWS::S3::Bucket": "BucketName",
  "AWS::SQS::Queue": "QueueName",
};

const arns: Readonly<Record<string, (name: string) => string>> = {
  "AWS::DynamoDB::GlobalTable": (name) => `arn:aws:dynamodb:${localRegion}:${localAccount}:table/${name}`,
  "AWS::DynamoDB::Table": (name) => `arn:aws:dynamodb:${localRegion}:${localAccount}:table/${name}`,
  "AWS::Events::Rule": (name) => `arn:aws:events:${localRegion}:${localAccount}:rule/${name}`,
  "AWS::Lambda::Function": (name) => `arn:aws:lambda:${localRegion}:${localAccount}:function:${name}`,
  "AWS::S3::Bucket": (name) => `arn:aws:s3:::${name}`,
  "AWS::SQS::Queue": (name) => `arn:aws:sqs:${localRegion}:${localAccount}:${name}`,
};

const pseudo: Readonly<Record<string, unknown>> = {
  "AWS::AccountId": localAccount,
  "AWS::NoValue": noValue,
  "AWS::Partition": "aws",
  "AWS::Region": localRegion,
  "AWS::URLSuffix": "amazonaws.com",
};

function givenName(resource: Resource): string {
  const name = `${resource.stack}-${resource.id}`;
  return resource.type === "AWS::S3::Bucket" ? name.toLowerCase().slice(-63) : name.slice(-80);
}

function identify(resource: Resource, name: string, live: Live): Identity {
  const arn =
    arns[resource.type]?.(name) ?? `arn:aws:local:${localRegion}:${localAccount}:${resource.stack}/${resource.id}`;
  const common = { Arn: () => arn };
  switch (resource.type) {
    case "AWS::SQS::Queue":
      return {
        ref: () => live.queueUrl(name),
        attributes: { ...common, QueueName: () => name, QueueUrl: () => live.queueUrl(name) },
      };
    case "AWS::DynamoDB::Table":
    case "AWS::DynamoDB::GlobalTable":
      return { ref: () => name, attributes: { ...common, StreamArn: () => live.streamArn(name) } };
    case "AWS::ApiGatewayV2::Api":
      return { ref: () => "local", attributes: { ApiId: () => "local", ApiEndpoint: () => live.apiUrl() } };
    default:
      return { ref: () => name, attributes: common };
  }
}

function attributeOf(resource: Resource, identity: Identity, name: string): unknown {
  if (Object.hasOwn(identity.attributes, name)) return identity.attributes[name]?.();
  if (isInert(resource.type)) return `${resource.stack}.${resource.id}.${name}`;
  throw new Error(
    `the local cloud knows no attribute ${name} of ${resource.type} ${resource.id} (stack ${resource.stack})`,
  );
}

/** Names each resource of an assembly as it is called on this machine, and resolves what templates say of each other. */
export function createWorld(assembly: Assembly, live: Live): World {
  const exported = new Map<string, () => unknown>();

  function named(resource: Resource): string {
    const property = nameProperty[resource.type];
    const own = property === undefined ? undefined : resource.properties[property];
    const resolved = own === undefined ? undefined : resolve(own, scopes(resource.stack));
    return typeof resolved === "string" ? resolved : givenName(resource);
  }

  function find(stack: Stack, id: string): Resource {
    const resource = stack.resources.get(id);
    if (resource === undefined) throw new Error(`stack ${stack.name} refers to ${id}, which it does not have`);
    return resource;
  }

  function scopeOf(stack: Stack): Scope {
    return {
      ref(id) {
        if (Object.hasOwn(pseudo, id)) return pseudo[id];
        if (id === "AWS::StackName" || id === "AWS::StackId") return stack.name;
        if (stack.parameters.has(id)) return stack.parameters.get(id);
        const resource = find(stack, id);
        return identify(resource, named(resource), live).ref();
      },
      attribute(id, name) {
        const resource = find(stack, id);
        return attributeOf(resource, identify(resource, named(resource), live), name);
      },
      imported(name) {
        const value = exported.get(name);
        if (value === undefined) throw new Error(`stack ${stack.name} imports ${name}, which no stack exports`);
        return value();
      },
    };
  }

  const byStack = new Map(assembly.stacks.map((stack) => [stack.name, scopeOf(stack)]));
  function scopes(stack: string): Scope {
    const scope = byStack.get(stack);
    if (scope === undefined) throw new Error(`there is no stack ${stack}`);
    return scope;
  }
  for (const stack of assembly.stacks) {
    for (const { name, value } of stack.exports) {
      exported.set(String(resolve(name, scopes(stack.name))), () => resolve(value, scopes(stack.name)));
    }
  }

  return {
    properties: (resource) => Object(resolve(resource.properties, scopes(resource.stack))),
    nameOf: named,
    arnOf: (resource) => String(identify(resource, named(resource), live).attributes.Arn?.()),
  };
}
