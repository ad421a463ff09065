import { CfnResource, NestedStack, Stack } from "aws-cdk-lib";
import { CfnTaskDefinition } from "aws-cdk-lib/aws-ecs";
import type { IConstruct } from "constructs";
import { imageTextOf } from "./image-text.js";

/** A container of a task definition as its template will have it. */
export interface RenderedContainer {
  readonly task: CfnTaskDefinition;

  /** Its index among the containers. */
  readonly index: number;

  /** As text, with parts that are known only at deployment as `${…}`; undefined if unknown. */
  readonly image: string | undefined;

  /** Whether `versionConsistency` is set. */
  readonly isExplicit: boolean;
}

/** The constructs of a top-level stack and its nested stacks, but not of other top-level stacks within its tree. */
export function constructsOf(stack: Stack): IConstruct[] {
  const all = stack.node.findAll();
  const strangers = all
    .filter((each) => Stack.isStack(each) && each !== stack && !NestedStack.isNestedStack(each))
    .map((each) => `${each.node.path}/`);
  return all.filter(
    (each) => !strangers.some((stranger) => each.node.path.startsWith(stranger) || `${each.node.path}/` === stranger),
  );
}

/** The task definitions among constructs. */
export function tasksAmong(constructs: readonly IConstruct[]): CfnTaskDefinition[] {
  return constructs.filter((each): each is CfnTaskDefinition =>
    isResource(each, CfnTaskDefinition.CFN_RESOURCE_TYPE_NAME),
  );
}

/** Whether a construct is a resource of a type. */
export function isResource(construct: IConstruct, type: string): boolean {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === type;
}

/** The containers of a task definition, as its template will have them. */
export function containersOf(task: CfnTaskDefinition): RenderedContainer[] {
  const resolved: unknown = task.stack.resolve(task.containerDefinitions);
  const containers: readonly unknown[] = Array.isArray(resolved) ? resolved : [];
  return containers.flatMap((container, index) =>
    typeof container === "object" && container !== null
      ? [
          {
            task,
            index,
            image: imageTextOf((container as Record<string, unknown>).image),
            isExplicit: "versionConsistency" in container,
          },
        ]
      : [],
  );
}

/** The logical ids of the stacks that a stack is nested in, each with a `/`; empty for a top-level stack. */
export function nestingOf(stack: Stack): string {
  const { nestedStackParent: parent, nestedStackResource: resource } = stack;
  return parent && resource ? `${nestingOf(parent)}${parent.resolve((resource as CfnResource).logicalId)}/` : "";
}
