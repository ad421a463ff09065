import { ArnFormat, Aws, type Stack } from "aws-cdk-lib";
import { type IRepository, Repository } from "aws-cdk-lib/aws-ecr";
import { type ContainerDefinition, ContainerImage, type ContainerImageConfig } from "aws-cdk-lib/aws-ecs";
import type { Construct } from "constructs";
import { LadingImageReference } from "../lading-image-reference.js";
import { type PinnedImage, referenceOf } from "./pinned-image.js";
import type { TargetRegistry } from "./target-registry.js";

/** Renders the images of one stack, and lets its tasks pull them. */
export class ImageRendering {
  private readonly repositoryArn: string;

  constructor(
    stack: Stack,
    /** The registry in the templates. */
    readonly place: TargetRegistry,
  ) {
    this.repositoryArn = place.isEcr
      ? stack.formatArn({
          service: "ecr",
          account: place.account ?? Aws.ACCOUNT_ID,
          region: place.region ?? Aws.REGION,
          resource: "repository",
          resourceName: "",
          arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
        })
      : "";
  }

  /** Gives the container the pinned image. */
  bind(image: PinnedImage, scope: Construct, container: ContainerDefinition): ContainerImageConfig {
    if (!this.place.isEcr) {
      return this.literal(image, scope, container);
    }

    const repository = this.import(scope, "Repository", image.repository);
    if (this.place.host === undefined) {
      return ContainerImage.fromEcrRepository(repository, image.pin).bind(scope, container);
    }

    repository.grantPull(container.taskDefinition.obtainExecutionRole());
    return this.literal(image, scope, container);
  }

  /** Refers to the image for a construct that takes a string. */
  refer(name: string, image: PinnedImage, scope: Construct): LadingImageReference {
    if (!this.place.isEcr) {
      const uri = `${this.place.host}/${referenceOf(image)}`;
      return new LadingImageReference(uri, named(scope, name, image.repository), image.pin);
    }

    const repository = found(scope, name) ?? this.import(scope, idOf(name), image.repository);
    const uri =
      this.place.host === undefined
        ? repository.repositoryUriForTagOrDigest(image.pin)
        : `${this.place.host}/${referenceOf(image)}`;
    return new LadingImageReference(uri, repository, image.pin);
  }

  /** The existing repository. */
  import(scope: Construct, id: string, name: string): IRepository {
    return Repository.fromRepositoryAttributes(scope, id, {
      repositoryName: name,
      repositoryArn: this.repositoryArn + name,
    });
  }

  private literal(image: PinnedImage, scope: Construct, container: ContainerDefinition): ContainerImageConfig {
    return ContainerImage.fromRegistry(`${this.place.host}/${referenceOf(image)}`).bind(scope, container);
  }
}

/** In place of an image that could not be found, in a template that CDK does not deploy because of the error. */
export function bindNothing(name: string, scope: Construct, container: ContainerDefinition): ContainerImageConfig {
  return ContainerImage.fromRegistry(`lading.invalid/${name}`).bind(scope, container);
}

/** The reference for {@link bindNothing}. */
export function referToNothing(name: string, scope: Construct): LadingImageReference {
  return new LadingImageReference(`lading.invalid/${name}`, named(scope, name, name), "none");
}

function named(scope: Construct, name: string, repository: string): IRepository {
  return found(scope, name) ?? Repository.fromRepositoryName(scope, idOf(name), repository);
}

function found(scope: Construct, name: string): IRepository | undefined {
  return scope.node.tryFindChild(idOf(name)) as IRepository | undefined;
}

function idOf(name: string): string {
  return `LadingImage-${name}`;
}
