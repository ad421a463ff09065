import type { DockerImageAssetLocation, DockerImageAssetSource } from "aws-cdk-lib";

/** An identified image asset. */
export interface IdentifiedAsset {
  /** The published image, by digest; undefined if it has to be looked up, and possibly built, at deployment. */
  readonly published: DockerImageAssetLocation | undefined;

  /** Its build, with its identity. */
  readonly source: DockerImageAssetSource;
}
