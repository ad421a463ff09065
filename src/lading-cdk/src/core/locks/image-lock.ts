import type { Platform } from "../oci/platform.js";

/** The lock of an environment: the digest of each image, written by `publish` and `resolve`. */
export interface ImageLock {
  /** The environment's name in `lading.json`. */
  readonly environment: string;

  /** By name, in byte order. */
  readonly images: ReadonlyMap<string, LockedImage>;
}

/** The entry of an image in a lock: what a template pins. */
export interface LockedImage {
  /** The name within the environment's registry. */
  readonly repository: string;

  /** Of the manifest or index. */
  readonly digest: string;

  /** 64 hex digits: the identity of its inputs. */
  readonly fingerprint: string;

  /** The commit that first published this content; null if it came from an uncommitted tree. */
  readonly revision: string | null;

  /** Sorted by their text; empty if the image does not have any. */
  readonly platforms: readonly Platform[];

  /**
   * The manifest for each platform if {@link digest} is an index; empty if it is a manifest itself; null if the lock
   * does not have them (a lock of version 1, or an archived index).
   */
  readonly manifests: ReadonlyMap<string, string> | null;
}
