import type { Platform } from "../core/oci/platform.js";
import type { ImageRequirements } from "./image-requirements.js";

/** A reference to an image in a template, without its registry. */
export interface PinnedImage {
  /** The repository's name. */
  readonly repository: string;

  /** A digest, or an immutable tag. */
  readonly pin: string;

  /** True if it is known to be an index. */
  readonly isIndex?: boolean;
}

/** `repository@sha256:…` or `repository:tag`. */
export function referenceOf(image: PinnedImage): string {
  return `${image.repository}${image.pin.includes(":") ? "@" : ":"}${image.pin}`;
}

/** The requirements on an image where it is used. */
export interface ImageDemand {
  /** Returns the platform it runs on; undefined if unknown. Called only if it matters. */
  readonly findPlatform: () => Platform | undefined;

  /** The requirements of the service that pulls it. */
  readonly service: ImageRequirements;
}

/** Finds the pins of a stack's images. */
export interface ImagePins {
  /**
   * The pin of an image.
   * @param name - Its name in `lading.json`.
   * @param demand - The requirements where it is used.
   * @throws LadingError if there is none, or the image does not meet the requirements.
   */
  get(name: string, demand: ImageDemand): PinnedImage;
}
