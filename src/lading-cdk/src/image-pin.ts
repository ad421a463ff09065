/** How a template names an image. */
export enum ImagePin {
  /** `repository@sha256:…`, from the lock of the environment. */
  DIGEST = "digest",

  /**
   * `repository:src-…`, the tag that the image's inputs at `HEAD` give: computed from git, with no lock.
   * The tag must be immutable in the registry, which `lading check` verifies.
   */
  SOURCE_TAG = "sourceTag",

  /**
   * `repository:<alias>`, the first of the `aliases` of `lading.json` that holds `{commit}`, for `HEAD`: with no lock.
   * Every commit gives another template. The tag must be immutable in the registry, which `lading check` verifies.
   */
  COMMIT_TAG = "commitTag",
}
