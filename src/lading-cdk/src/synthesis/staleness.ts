import { Annotations, type Stack } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { HandedImage } from "./app-document.js";
import type { AppImages } from "./app-images.js";
import type { LockedImages } from "./locked-images.js";
import { KEYS } from "./stack-settings.js";

/** Reports which images of a stack's lock do not match HEAD. */
export class Staleness {
  private hasFailed = false;

  /**
   * @param images - The images in the lock.
   * @param app - The app, which has the images at HEAD.
   * @param stack - The stack.
   * @param consequence - A warning or an error.
   * @param handed - The images with the tool's findings; undefined if the lock was read here.
   */
  constructor(
    private readonly images: LockedImages,
    private readonly app: AppImages,
    private readonly stack: Stack,
    private readonly consequence: "warn" | "error",
    private readonly handed: ReadonlyMap<string, HandedImage> | undefined,
  ) {}

  /** Reports an image of the lock if it does not match HEAD. */
  report(name: string, scope: IConstruct): void {
    if (this.hasFailed) {
      return;
    }

    const { failure, images } = this.app.head;
    if (failure !== undefined) {
      // Once per stack: all of its images are unknown.
      this.hasFailed = true;
      this.say(
        this.stack,
        `Could not compare the lock with HEAD. ${failure} To do without the comparison: -c ${KEYS.stale}=ignore.`,
      );
      return;
    }

    const difference = this.handed
      ? this.handed.get(name)?.staleness
      : this.images.findStaleness(name, images.get(name));
    if (difference !== undefined) {
      this.say(scope, difference);
    }
  }

  private say(scope: IConstruct, text: string): void {
    if (this.consequence === "error") {
      Annotations.of(scope).addError(text);
    } else {
      Annotations.of(scope).addWarningV2(KEYS.stale, text);
    }
  }
}
