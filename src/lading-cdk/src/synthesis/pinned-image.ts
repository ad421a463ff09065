import type { Platform } from "../core/oci/platform.js";

/** What a template says of an image, within its registry. */
export interface PinnedImage {
  /** The name of its repository. */
  readonly repository: string;

  /** A digest, or a tag that does not move. */
  readonly pin: string;
}

/** `repository@sha256:…` or `repository:tag`. */
export function referenceOf(image: PinnedImage): string {
  return `${image.repository}${image.pin.includes(":") ? "@" : ":"}${image.pin}`;
}

/** Where the pins of a stack's images come from. */
export interface ImageSource {
  /**
   * The pin of an image.
   * @param name - What `lading.json` calls it.
   * @param findPlatform - What it must run on; undefined where that is not known.
   * @throws LadingError where there is none, or it is not for the platform.
   */
  get(name: string, findPlatform: () => Platform | undefined): PinnedImage;
}
