import type { Platform } from "../core/oci/platform.js";

/** The identities of a project's images at HEAD, or, for images held back, at the revision they are held at. */
export interface HeadFingerprints {
  /** HEAD in full; undefined if it is unknown. */
  readonly commit: string | undefined;

  /** Why they are unknown; undefined if they are known. */
  readonly failure: string | undefined;

  /** By name. */
  readonly images: ReadonlyMap<string, HeadImage>;
}

/** An image at HEAD. */
export interface HeadImage {
  /** 64 hex digits. */
  readonly fingerprint: string;

  /** The platforms it is built for; empty for an image that is mirrored with all its platforms. */
  readonly platforms: readonly Platform[];

  /** Whether it is held back at a revision. */
  readonly isHeld: boolean;
}

/** Nothing is known of HEAD. */
export function unknownHead(failure: string): HeadFingerprints {
  return { commit: undefined, failure, images: new Map() };
}
