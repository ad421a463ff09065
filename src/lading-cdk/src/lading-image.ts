import { Stack } from "aws-cdk-lib";
import { type ContainerDefinition, ContainerImage, type ContainerImageConfig } from "aws-cdk-lib/aws-ecs";
import type { Construct } from "constructs";
import type { LadingImageProps } from "./lading-image-props.js";
import type { LadingImageReference } from "./lading-image-reference.js";
import { StackImages } from "./synthesis/stack-images.js";

/**
 * A container image in `lading.json`, pinned to the digest in the lock of its environment.
 *
 * Synthesis reads files only: `lading.json` (from the working directory upward) and the lock. The `lading` that is installed
 * beside the app computes what is at `HEAD`. No container engine, registry or AWS account is needed.
 *
 * A problem (no lock, an image that is not in it, a platform that the task does not run on) becomes an error annotation with
 * the command that fixes it, so that one synthesis reports all problems.
 */
export class LadingImage extends ContainerImage {
  /**
   * Refers to an image.
   * @param name - The image's name in `lading.json`.
   * @param props - Options; by digest by default.
   */
  constructor(
    private readonly name: string,
    private readonly props: LadingImageProps = {},
  ) {
    super();
    checkName(name);
  }

  /**
   * Refers to an image in constructs that do not take a `ContainerImage`: Lambda functions, App Runner, other jobs.
   * @param scope - The construct that uses it, in the stack whose environment counts.
   * @param name - The image's name in `lading.json`.
   * @param props - Options; by digest by default.
   */
  static referenceFor(scope: Construct, name: string, props: LadingImageProps = {}): LadingImageReference {
    checkName(name);
    return StackImages.of(Stack.of(scope)).refer(name, props, scope);
  }

  /** Called by CDK where the image is used. */
  bind(scope: Construct, containerDefinition: ContainerDefinition): ContainerImageConfig {
    return StackImages.of(Stack.of(scope)).bind(this.name, this.props, scope, containerDefinition);
  }
}

function checkName(name: string): void {
  if (!name) {
    throw new TypeError("The name of an image must not be empty.");
  }
}
