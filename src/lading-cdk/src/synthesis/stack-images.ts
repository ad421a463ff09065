import { Annotations, type Stack } from "aws-cdk-lib";
import { type CfnTaskDefinition, ContainerDefinition, type ContainerImageConfig } from "aws-cdk-lib/aws-ecs";
import type { Construct } from "constructs";
import { LadingError } from "../core/lading-error.js";
import { Platform } from "../core/oci/platform.js";
import { DeploymentRecord } from "../deployment-record.js";
import { ImagePin } from "../image-pin.js";
import type { LadingImageProps } from "../lading-image-props.js";
import type { LadingImageReference } from "../lading-image-reference.js";
import { bindNothing, referToNothing } from "./image-rendering.js";
import { findRefusal, NO_REQUIREMENTS, requirementsOf } from "./image-requirements.js";
import type { ImageDemand, PinnedImage } from "./pinned-image.js";
import { findRuntimePlatform } from "./runtime-platforms.js";
import { accountAndRegionOf } from "./stack-identity.js";
import { readStackPins, type StackPins } from "./stack-pins.js";
import { KEYS } from "./stack-settings.js";
import { writtenHostOf } from "./target-registry.js";

// Attached to the stack, as in AppImages.
const STACK = Symbol.for("lading-cdk.stack");

/** The images of one stack: its environment and lock are found once, and a problem with them is reported once. */
export class StackImages {
  private readonly sources = new Map<ImagePin, StackPins | undefined>();

  private constructor(private readonly stack: Stack) {}

  static of(stack: Stack): StackImages {
    const holder = stack as unknown as Record<symbol, StackImages | undefined>;
    const images = holder[STACK] ?? new StackImages(stack);
    Object.defineProperty(stack, STACK, { value: images, configurable: true });
    return images;
  }

  /** Gives a container its image, or reports what is wrong and gives it a placeholder. */
  bind(name: string, props: LadingImageProps, scope: Construct, container: ContainerDefinition): ContainerImageConfig {
    // Batch passes an object of its own, which only looks like a container of a task definition.
    const definition = scope instanceof ContainerDefinition ? container.taskDefinition : undefined;
    const task = definition?.node.defaultChild as CfnTaskDefinition | undefined;
    const wanted = platformOf(props);
    const findPlatform = () => wanted ?? (definition ? findRuntimePlatform(definition, task) : undefined);
    const found = this.find(name, props, scope, { findPlatform, service: NO_REQUIREMENTS });
    if (!found) {
      return bindNothing(name, scope, container);
    }

    DeploymentRecord.of(this.stack).add(name, found.source, found.image, task ? { container, task } : undefined);
    return found.source.rendering.bind(found.image, scope, container);
  }

  /** Refers to an image, or reports what is wrong and refers to a placeholder. */
  refer(name: string, props: LadingImageProps, scope: Construct): LadingImageReference {
    const wanted = platformOf(props);
    const found = this.find(name, props, scope, { findPlatform: () => wanted, service: requirementsOf(props.for) });
    if (!found) {
      return referToNothing(name, scope);
    }

    DeploymentRecord.of(this.stack).add(name, found.source, found.image, undefined);
    return found.source.rendering.refer(name, found.image, scope);
  }

  /** The pin of an image; undefined if there is none, which is then reported. */
  private find(
    name: string,
    props: LadingImageProps,
    scope: Construct,
    demand: ImageDemand,
  ): { readonly source: StackPins; readonly image: PinnedImage } | undefined {
    const source = this.sourceOf(props.pin ?? ImagePin.DIGEST);
    if (!source) {
      return undefined;
    }

    try {
      const image = source.images.get(name, demand);
      this.checkRegistry(name, source, demand);
      if (source.staleness) {
        const { staleness } = source;
        DeploymentRecord.of(this.stack).later(() => staleness.report(name, scope));
      }

      const warning = source.findRolledBack?.(name);
      if (warning !== undefined) {
        Annotations.of(scope).addWarningV2(KEYS.rolledBack, warning);
      }

      return { source, image };
    } catch (error) {
      sayError(scope, error);
      return undefined;
    }
  }

  private checkRegistry(name: string, source: StackPins, { service }: ImageDemand): void {
    const refusal = findRefusal(service, writtenHostOf(source.rendering.place), accountAndRegionOf(this.stack).region);
    if (refusal !== undefined) {
      throw new LadingError(`Could not refer to image ${name} for ${service.service}`, refusal);
    }
  }

  private sourceOf(pin: ImagePin): StackPins | undefined {
    if (!this.sources.has(pin)) {
      let source: StackPins | undefined;
      try {
        source = readStackPins(this.stack, pin);
      } catch (error) {
        sayError(this.stack, error);
      }

      this.sources.set(pin, source);
    }

    return this.sources.get(pin);
  }
}

function platformOf({ platform }: LadingImageProps): Platform | undefined {
  return platform === undefined ? undefined : Platform.parse(platform);
}

/** Annotates the construct with the error, so that one synthesis reports all errors; rethrows unexpected ones. */
export function sayError(scope: Construct, error: unknown): void {
  if (!(error instanceof LadingError)) {
    throw error;
  }

  Annotations.of(scope).addError(error.message);
}
