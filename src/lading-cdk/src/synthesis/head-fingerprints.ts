import type { Platform } from "../core/oci/platform.js";

/** The identities of a project's images at HEAD (of those held back, at the revision they are held at). */
export interface HeadFingerprints {
  /** HEAD in full; undefined if it is not known. */
  readonly commit: string | undefined;

  /** Why they are not known; undefined if they are. */
  readonly failure: string | undefined;

  /** By the images' names. */
  readonly images: ReadonlyMap<string, HeadImage>;
}

/** An image at HEAD. */
export interface HeadImage {
  /** 64 hex digits. */
  readonly fingerprint: string;

  /** What it is built for; none for an image of somebody else's that is taken with all that it has. */
  readonly platforms: readonly Platform[];

  /** Whether it is held back at a revision. */
  readonly isHeld: boolean;
}

/** HEAD where it could not be read. */
export function unknownHead(failure: string): HeadFingerprints {
  return { commit: undefined, failure, images: new Map() };
}
