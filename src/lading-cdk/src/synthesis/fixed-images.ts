import { CONSTANT_DIGEST } from "../core/oci/digest.js";
import { checkName } from "./locked-images.js";
import type { ImagePins, PinnedImage } from "./pinned-image.js";

/** One digest for all images, for snapshot tests. */
export class FixedImages implements ImagePins {
  /** @param images - The repositories of `lading.json`; undefined if there is none, since a test may run without it. */
  constructor(private readonly images: ReadonlyMap<string, string> | undefined) {}

  get(name: string): PinnedImage {
    if (!this.images) {
      return { repository: name, pin: CONSTANT_DIGEST };
    }

    return { repository: checkName(name, this.images), pin: CONSTANT_DIGEST };
  }
}
