import type { DefaultStackSynthesizerProps } from "aws-cdk-lib";

/** Settings of a {@link LadingSynthesizer}; all of them may be left out. */
export interface LadingSynthesizerProps {
  /**
   * The repository of images that no image of `lading.json` is equal to. It must be there before the deployment, with immutable tags.
   * @default `<project>/assets`
   */
  readonly repository?: string;

  /**
   * A role that may push to the repository. Without one, images are pushed with the credentials of whoever runs cdk: never
   * with the bootstrap's role, which reaches its own repository alone.
   * @default - none
   */
  readonly publishingRoleArn?: string;

  /**
   * All else, as for CDK's own synthesizer: qualifier, roles, buckets. What it says of images is not looked at.
   * @default - as CDK's own synthesizer has it
   */
  readonly bootstrap?: DefaultStackSynthesizerProps;
}
