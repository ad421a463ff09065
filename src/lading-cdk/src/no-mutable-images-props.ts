/** How {@link NoMutableImages} reports images. */
export interface NoMutableImagesProps {
  /**
   * True for warnings, which do not prevent a deployment; otherwise errors.
   * @default false
   */
  readonly warn?: boolean;

  /**
   * True to allow CDK's image assets: their tags are hashes, in a repository with immutable tags.
   * @default false
   */
  readonly allowAssets?: boolean;
}
