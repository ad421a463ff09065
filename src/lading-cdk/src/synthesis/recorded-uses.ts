import { CfnService as AppRunnerService } from "aws-cdk-lib/aws-apprunner";
import { CfnJobDefinition } from "aws-cdk-lib/aws-batch";
import { CfnService, CfnTaskDefinition, type ContainerDefinition } from "aws-cdk-lib/aws-ecs";
import { CfnFunction } from "aws-cdk-lib/aws-lambda";
import type { IConstruct } from "constructs";
import { compareBytes } from "../core/byte-order.js";
import type { RecordedImage, StackRecord } from "../core/records/stack-record.js";
import { type PinnedImage, referenceOf } from "./pinned-image.js";
import type { StackPins } from "./stack-pins.js";
import { containersOf, isResource, nestingOf, tasksAmong } from "./stack-tree.js";

/** A container that runs an image of Lading, and the resource of its task definition. */
export interface ContainerUse {
  readonly container: ContainerDefinition;
  readonly task: CfnTaskDefinition;
}

/** Which images the constructs of a top-level stack use. */
export class RecordedUses {
  /** The references of each image, by its name, with the containers that use them. */
  private readonly images = new Map<string, Map<string, ContainerUse[]>>();
  private environment: string | undefined;
  private readonly indexesOfOthers = new Set<string>();
  private readonly tasks = new Set<CfnTaskDefinition>();
  private hasOthers = false;

  /** The references, without their registry, to indexes that something other than a container uses. */
  get indexes(): ReadonlySet<string> {
    return this.indexesOfOthers;
  }

  get isEmpty(): boolean {
    return this.images.size === 0;
  }

  /**
   * Records a use of an image.
   * @param use - The container; undefined if something else uses it.
   */
  add(name: string, source: StackPins, image: PinnedImage, use: ContainerUse | undefined): void {
    const references = this.images.get(name) ?? new Map<string, ContainerUse[]>();
    const reference = referenceOf(image);
    references.set(reference, [...(references.get(reference) ?? []), ...(use ? [use] : [])]);
    this.images.set(name, references);
    this.environment ??= source.environment;
    this.hasOthers ||= use === undefined;
    if (use) {
      this.tasks.add(use.task);
    } else if (image.isIndex) {
      this.indexesOfOthers.add(reference);
    }
  }

  /** The record; the paths of containers are known only once the tree is complete. */
  toRecord(): StackRecord {
    const images = new Map<string, RecordedImage>();
    for (const [name, references] of this.images) {
      const sorted = [...references].sort(([one], [other]) => compareBytes(one, other));
      sorted.forEach(([reference], i) => {
        images.set(i === 0 ? name : `${name}/${i + 1}`, { reference, usedBy: this.pathsOf(reference) });
      });
    }

    return { environment: this.environment, images };
  }

  /**
   * Makes ECS resolve and report the digests of images (`versionConsistency`), by which the revisions of a service are
   * read, unless the user set it. CDK renders containers once: this is for the very end, when nothing changes them.
   */
  makeConsistent(constructs: readonly IConstruct[]): void {
    const references = [...this.images.values()].flatMap((each) => [...each.keys()]);
    const isOurs = (image: string | undefined): boolean => references.some((each) => image?.endsWith(`/${each}`));
    // A reference may be in any task definition.
    const tasks = this.hasOthers ? tasksAmong(constructs) : [...this.tasks];
    for (const { task, index } of tasks
      .flatMap(containersOf)
      .filter((each) => !each.isExplicit && isOurs(each.image))) {
      task.addPropertyOverride(`ContainerDefinitions.${index}.VersionConsistency`, "enabled");
    }
  }

  /**
   * The resources that must be deployed before the record: the services of the stack and of its nested stacks, even
   * with third-party images, since their failure rolls this deployment back too; and all else that runs an image.
   */
  findDeployed(constructs: readonly IConstruct[]): IConstruct[] {
    const types = [
      CfnService.CFN_RESOURCE_TYPE_NAME,
      CfnTaskDefinition.CFN_RESOURCE_TYPE_NAME,
      ...(this.hasOthers
        ? [
            CfnFunction.CFN_RESOURCE_TYPE_NAME,
            AppRunnerService.CFN_RESOURCE_TYPE_NAME,
            CfnJobDefinition.CFN_RESOURCE_TYPE_NAME,
          ]
        : []),
    ];
    return constructs.filter((each) => types.some((type) => isResource(each, type)));
  }

  /** The containers that use a reference, under whichever image name. */
  private pathsOf(reference: string): string[] {
    const uses = [...this.images.values()].flatMap((each) => each.get(reference) ?? []);
    const paths = uses.map(
      ({ container, task }) =>
        `${nestingOf(task.stack)}${task.stack.resolve(task.logicalId)}/${container.containerName}`,
    );
    return [...new Set(paths)];
  }
}
