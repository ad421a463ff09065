import type { Platform } from "../core/oci/platform.js";
import type { ImageRequirements } from "./image-requirements.js";

/** What a template says of an image, within its registry. */
export interface PinnedImage {
  /** The name of its repository. */
  readonly repository: string;

  /** A digest, or a tag that does not move. */
  readonly pin: string;

  /** True if it is known to be an index of several platforms. */
  readonly isIndex?: boolean;
}

/** `repository@sha256:…` or `repository:tag`. */
export function referenceOf(image: PinnedImage): string {
  return `${image.repository}${image.pin.includes(":") ? "@" : ":"}${image.pin}`;
}

/** What an image must be, where it is used. */
export interface ImageDemand {
  /** What it runs on; undefined if that is not known. Asked only where it matters. */
  readonly findPlatform: () => Platform | undefined;

  /** What the service that pulls it demands. */
  readonly service: ImageRequirements;
}

/** Where the pins of a stack's images come from. */
export interface ImagePins {
  /**
   * The pin of an image.
   * @param name - What `lading.json` calls it.
   * @param demand - What it must be.
   * @throws LadingError if there is none, or it is not for the platform.
   */
  get(name: string, demand: ImageDemand): PinnedImage;
}
