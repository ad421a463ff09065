import { Stack } from "aws-cdk-lib";
import { type ContainerDefinition, ContainerImage, type ContainerImageConfig } from "aws-cdk-lib/aws-ecs";
import type { Construct } from "constructs";
import type { LadingImageProps } from "./lading-image-props.js";
import type { LadingImageReference } from "./lading-image-reference.js";
import { StackImages } from "./synthesis/stack-images.js";

/**
 * A container image of `lading.json`, pinned by the digest that the lock of its environment holds.
 *
 * Synthesis reads files only: `lading.json` (upward from the working directory) and the lock; what is at `HEAD` it asks the
 * `lading` that is installed beside the app. No container engine, no registry and no AWS account are asked.
 *
 * What does not hold (no lock, an image that is not in it, a platform that the task does not run on) becomes an error
 * annotation that names the command to run, so that one synthesis reports everything.
 */
export class LadingImage extends ContainerImage {
  /**
   * Refers to an image.
   * @param name - What `lading.json` calls it.
   * @param props - How; by digest where nothing is said.
   */
  constructor(
    private readonly name: string,
    private readonly props: LadingImageProps = {},
  ) {
    super();
    checkName(name);
  }

  /**
   * Refers to an image where no `ContainerImage` is taken: Lambda functions, App Runner, jobs of one's own.
   * @param scope - Where it is used, in the stack whose environment counts.
   * @param name - What `lading.json` calls it.
   * @param props - How; by digest where nothing is said.
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
