import { Annotations, CfnResource, type IAspect, Stack } from "aws-cdk-lib";
import { CfnService } from "aws-cdk-lib/aws-apprunner";
import { CfnJobDefinition } from "aws-cdk-lib/aws-batch";
import { CfnTaskDefinition, ContainerDefinition, TaskDefinition } from "aws-cdk-lib/aws-ecs";
import { CfnFunction } from "aws-cdk-lib/aws-lambda";
import type { IConstruct } from "constructs";
import type { NoMutableImagesProps } from "./no-mutable-images-props.js";
import { AppImages } from "./synthesis/app-images.js";
import { imagesWithin, imageTextOf } from "./synthesis/image-text.js";
import { findMutability } from "./synthesis/mutability.js";

const WARNING_ID = "lading:mutable";

interface NamedImage {
  readonly what: string;
  readonly image: string | undefined;
}

/**
 * An aspect that reports each container image of the app that may change without a deployment, because it has neither a digest nor
 * an immutable tag of Lading's. It covers containers of tasks, Lambda functions, App Runner services and jobs of Batch.
 *
 * `Aspects.of(app).add(new NoMutableImages())`
 */
export class NoMutableImages implements IAspect {
  /** @param props - How to report them; as errors by default, including assets. */
  constructor(private readonly props: NoMutableImagesProps = {}) {}

  /** Called by CDK for each construct. */
  visit(node: IConstruct): void {
    for (const { what, image } of imagesOf(node)) {
      const reason = findMutability(image, AppImages.of(node.node.root), this.props.allowAssets ?? false);
      if (reason !== undefined) {
        this.report(node, `${what} may run another image tomorrow: ${reason}`);
      }
    }
  }

  private report(node: IConstruct, text: string): void {
    if (this.props.warn) {
      Annotations.of(node).addWarningV2(WARNING_ID, text);
    } else {
      Annotations.of(node).addError(text);
    }
  }
}

function imagesOf(node: IConstruct): NamedImage[] {
  if (node instanceof ContainerDefinition) {
    const image = imageTextOf(Stack.of(node).resolve(node.imageName));
    return [{ what: `Container ${node.containerName}`, image }];
  }

  if (!CfnResource.isCfnResource(node)) {
    return [];
  }

  switch (node.cfnResourceType) {
    case CfnTaskDefinition.CFN_RESOURCE_TYPE_NAME:
      // The containers of a task definition construct are constructs too.
      return node.node.scope instanceof TaskDefinition
        ? []
        : within(node, (node as CfnTaskDefinition).containerDefinitions).map(({ name, image }) => ({
            what: `Container ${name ?? ""}`,
            image,
          }));
    case CfnFunction.CFN_RESOURCE_TYPE_NAME:
      return unnamed("The function", node, (node as CfnFunction).code);
    case CfnService.CFN_RESOURCE_TYPE_NAME:
      return unnamed("The service", node, (node as CfnService).sourceConfiguration);
    case CfnJobDefinition.CFN_RESOURCE_TYPE_NAME: {
      const { containerProperties, ecsProperties, eksProperties, nodeProperties } = node as CfnJobDefinition;
      return [containerProperties, ecsProperties, eksProperties, nodeProperties].flatMap((each) =>
        unnamed("The job", node, each),
      );
    }
    default:
      return [];
  }
}

function unnamed(what: string, resource: CfnResource, property: unknown): NamedImage[] {
  return within(resource, property).map(({ image }) => ({ what, image }));
}

function within(resource: CfnResource, property: unknown): ReturnType<typeof imagesWithin> {
  return property === undefined ? [] : imagesWithin(resource.stack.resolve(property));
}
