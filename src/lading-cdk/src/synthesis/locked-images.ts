import { LadingError } from "../core/lading-error.js";
import type { ImageLock } from "../core/locks/image-lock.js";
import type { Platform } from "../core/oci/platform.js";
import type { ImageSource, PinnedImage } from "./pinned-image.js";
import type { PublishCommand } from "./publish-command.js";

/** The images that a lock pins, against what `lading.json` and the stack ask for. */
export class LockedImages implements ImageSource {
  /**
   * @param lock - What the lock holds.
   * @param path - Where it lies.
   * @param images - The repositories of the images of `lading.json`.
   * @param publish - The command that writes the lock.
   */
  constructor(
    private readonly lock: ImageLock,
    private readonly path: string,
    private readonly images: ReadonlyMap<string, string>,
    private readonly publish: PublishCommand,
  ) {}

  get(name: string, findPlatform: () => Platform | undefined): PinnedImage {
    checkName(name, this.images);
    const image = this.lock.images.get(name);
    if (!image) {
      throw new LadingError(
        `Could not pin image ${name}`,
        `the lock ${this.path} does not hold it`,
        `Run '${this.publish.for(name)}'.`,
      );
    }

    checkPlatform(name, image.platforms, findPlatform(), this.publish);
    return { repository: image.repository, pin: image.digest };
  }

  /**
   * Says that the lock is not that of HEAD, where it is not; undefined where it is.
   * @param name - An image that the lock holds.
   * @param atHead - Its fingerprint at HEAD; undefined where HEAD has no such image.
   */
  findStaleness(name: string, atHead: string | undefined): string | undefined {
    const image = this.lock.images.get(name);
    if (!image || image.fingerprint === atHead) {
      return undefined;
    }

    const reason =
      image.revision === null
        ? "the lock pins it as it was published from uncommitted changes"
        : atHead === undefined
          ? "lading.json has no such image at HEAD"
          : `the lock pins it as it was at ${image.revision.slice(0, 12)}, and its inputs have changed since`;
    return `Image ${name} is not that of HEAD: ${reason}. Run '${this.publish.for(name)}', or '${this.publish.resolve}' where it is published already.`;
  }
}

/**
 * The repository of an image.
 * @throws LadingError where `lading.json` has no such image.
 */
export function checkName(name: string, images: ReadonlyMap<string, string>): string {
  const repository = images.get(name);
  if (repository === undefined) {
    throw new LadingError(
      `Could not pin image ${name}`,
      "lading.json has no image of that name",
      `It has ${[...images.keys()].join(", ")}. Add an image there, then run 'lading publish ${name}'.`,
    );
  }

  return repository;
}

/** @throws LadingError where the image is not for the platform that it must run on. */
export function checkPlatform(
  name: string,
  platforms: readonly Platform[],
  platform: Platform | undefined,
  publish: PublishCommand,
): void {
  if (platform && platforms.length > 0 && !platforms.some((one) => one.runsOn(platform))) {
    throw new LadingError(
      `Could not pin image ${name}`,
      `the task definition runs on ${platform}, and the image is for ${platforms.join(", ")}`,
      `Set the task definition's runtimePlatform, or add ${platform} to the image's platforms in lading.json and run '${publish.for(name)}'.`,
    );
  }
}
