/** What {@link NoMutableImages} does about what it finds. */
export interface NoMutableImagesProps {
  /**
   * True for warnings, which deploy all the same; otherwise errors.
   * @default false
   */
  readonly warn?: boolean;

  /**
   * True to let CDK's image assets pass: their tags are hashes, in a repository that keeps tags immutable.
   * @default false
   */
  readonly allowAssets?: boolean;
}
