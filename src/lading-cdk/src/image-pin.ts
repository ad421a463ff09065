/** How a template refers to an image. */
export enum ImagePin {
  /** `repository@sha256:…`, from the lock of the environment. */
  DIGEST = "digest",

  /**
   * `repository:src-…`, the source tag of the image at `HEAD`: computed from git, without a lock.
   * The tag must be immutable in the registry, which `lading check` verifies.
   */
  SOURCE_TAG = "sourceTag",

  /**
   * `repository:<alias>`, the first of the `aliases` in `lading.json` with `{commit}`, for `HEAD`, without a lock.
   * Every commit gives a different template. The tag must be immutable in the registry, which `lading check` verifies.
   */
  COMMIT_TAG = "commitTag",
}
