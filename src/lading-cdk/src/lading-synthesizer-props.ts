import type { DefaultStackSynthesizerProps } from "aws-cdk-lib";

/** Settings of a {@link LadingSynthesizer}; all of them are optional. */
export interface LadingSynthesizerProps {
  /**
   * The repository of assets that match no image of `lading.json`. It must exist before the deployment, with immutable tags.
   * @default `<project>/assets`
   */
  readonly repository?: string;

  /**
   * A role that may push to the repository. Without one, images are pushed with the caller's credentials: never with
   * the bootstrap's role, which can push only to its own repository.
   * @default - none
   */
  readonly publishingRoleArn?: string;

  /**
   * Everything else, as for CDK's own synthesizer: qualifier, roles, buckets. Its settings for images are ignored.
   * @default - the defaults of CDK's own synthesizer
   */
  readonly bootstrap?: DefaultStackSynthesizerProps;
}
