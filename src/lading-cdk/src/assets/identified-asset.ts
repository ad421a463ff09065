import type { DockerImageAssetLocation, DockerImageAssetSource } from "aws-cdk-lib";

/** An image asset, and what it is. */
export interface IdentifiedAsset {
  /** Where it is already, by its digest; undefined if it has to be looked for, and perhaps built, at deployment. */
  readonly published: DockerImageAssetLocation | undefined;

  /** What it is built from, under its identity. */
  readonly source: DockerImageAssetSource;
}
