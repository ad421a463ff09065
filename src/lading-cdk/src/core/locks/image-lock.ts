import type { Platform } from "../oci/platform.js";

/** The lock of an environment: which digest each image has, written by `publish` and `resolve`. */
export interface ImageLock {
  /** The environment's name in `lading.json`. */
  readonly environment: string;

  /** By name, in byte order. */
  readonly images: ReadonlyMap<string, LockedImage>;
}

/** One image of a lock: what a template pins. */
export interface LockedImage {
  /** The name within the environment's registry. */
  readonly repository: string;

  /** Of the manifest or index. */
  readonly digest: string;

  /** 64 hex digits: the identity of its inputs. */
  readonly fingerprint: string;

  /** The commit that first published this content; null if it came from an uncommitted tree. */
  readonly revision: string | null;

  /** Sorted by their text; empty for an image that does not say. */
  readonly platforms: readonly Platform[];

  /**
   * The manifest for each platform where {@link digest} is an index; empty if it is a manifest itself; null if the lock
   * does not say (a lock of version 1, or an archived index).
   */
  readonly manifests: ReadonlyMap<string, string> | null;
}
