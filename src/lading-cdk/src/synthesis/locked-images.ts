import { LadingError } from "../core/lading-error.js";
import type { ImageLock, LockedImage } from "../core/locks/image-lock.js";
import { Platform } from "../core/oci/platform.js";
import type { HeadImage } from "./head-fingerprints.js";
import type { ImageDemand, ImagePins, PinnedImage } from "./pinned-image.js";
import type { PublishCommand } from "./publish-command.js";

/** The images that a lock pins, compared with what `lading.json` and the stack ask for. */
export class LockedImages implements ImagePins {
  /**
   * @param lock - The lock.
   * @param path - Its path.
   * @param images - The repositories of the images of `lading.json`.
   * @param publish - The command that writes the lock.
   */
  constructor(
    private readonly lock: ImageLock,
    private readonly path: string,
    private readonly images: ReadonlyMap<string, string>,
    private readonly publish: PublishCommand,
  ) {}

  get(name: string, demand: ImageDemand): PinnedImage {
    checkName(name, this.images);
    const image = this.lock.images.get(name);
    if (!image) {
      throw new LadingError(
        `Could not pin image ${name}`,
        `the lock ${this.path} does not hold it`,
        `Run '${this.publish.for(name)}'.`,
      );
    }

    const { service, takesIndex } = demand.service;
    if (takesIndex) {
      checkPlatform(name, image.platforms, demand.findPlatform(), this.publish);
      return { repository: image.repository, pin: image.digest, isIndex: (image.manifests?.size ?? 0) > 0 };
    }

    // Functions run on x86-64 by default.
    const platform = demand.findPlatform() ?? Platform.LINUX_AMD64;
    checkPlatform(name, image.platforms, platform, this.publish, `${service} is to run it`);
    return { repository: image.repository, pin: this.manifestOf(name, image, platform, service) };
  }

  /** The manifest for the platform; the image itself if it is not an index. */
  private manifestOf(name: string, image: LockedImage, platform: Platform, service: string): string {
    if (image.manifests === null) {
      throw new LadingError(
        `Could not pin image ${name} for ${service}, which takes no image index`,
        `the lock ${this.path} does not say whether it is one: an older Lading wrote it, or the image is archived`,
        `Run '${this.publish.resolve}'.`,
      );
    }

    const fitting = [...image.manifests].find(([each]) => Platform.parse(each).runsOn(platform));
    return fitting?.[1] ?? image.digest;
  }

  /**
   * How an image in the lock differs from HEAD, as sentences; undefined if it does not.
   * @param name - An image in the lock.
   * @param atHead - The image at HEAD; undefined if HEAD does not have it.
   */
  findStaleness(name: string, atHead: HeadImage | undefined): string | undefined {
    const image = this.lock.images.get(name);
    if (!image || image.fingerprint === atHead?.fingerprint) {
      return undefined;
    }

    const reason =
      atHead === undefined
        ? "lading.json has no such image at HEAD"
        : atHead.isHeld
          ? "it is held back at a revision, and the lock pins another"
          : image.revision === null
            ? "the lock pins it as it was published from uncommitted changes"
            : `the lock pins it as it was at ${image.revision.slice(0, 12)}, and its inputs have changed since`;
    return `Image ${name} does not match HEAD: ${reason}. Run '${this.publish.for(name)}', or '${this.publish.resolve}' if it is published already.`;
  }
}

/**
 * The repository of an image.
 * @throws LadingError if `lading.json` has no such image.
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

/** @throws LadingError if the image is not for the platform that it must run on. */
export function checkPlatform(
  name: string,
  platforms: readonly Platform[],
  platform: Platform | undefined,
  publish: PublishCommand,
  who = "the task definition runs",
): void {
  if (platform && platforms.length > 0 && !platforms.some((one) => one.runsOn(platform))) {
    throw new LadingError(
      `Could not pin image ${name}`,
      `${who} on ${platform}, and the image is for ${platforms.join(", ")}`,
      `Set the task definition's runtimePlatform, or add ${platform} to the image's platforms in lading.json and run '${publish.for(name)}'.`,
    );
  }
}
