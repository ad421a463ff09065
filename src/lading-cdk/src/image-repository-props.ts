import type { RepositoryEncryption } from "aws-cdk-lib/aws-ecr";
import type { IKey } from "aws-cdk-lib/aws-kms";

/** The properties of an {@link ImageRepository}. */
export interface ImageRepositoryProps {
  /**
   * The image in `lading.json`, whose entry has the repository's name.
   * @default - {@link repositoryName} names the repository
   */
  readonly image?: string;

  /**
   * The repository's name.
   * @default - the repository of {@link image}
   */
  readonly repositoryName?: string;

  /**
   * The encryption of images. It cannot be changed later.
   * @default - ECR's own keys, or KMS if {@link encryptionKey} is set
   */
  readonly encryption?: RepositoryEncryption;

  /**
   * The KMS key.
   * @default - AWS's own, if {@link encryption} is KMS
   */
  readonly encryptionKey?: IKey;

  /**
   * Other accounts that may pull: twelve digits each. They also need a policy of their own that allows it.
   * @default - none
   */
  readonly pullAccounts?: readonly string[];

  /**
   * AWS organizations whose accounts may pull: `o-…`.
   * @default - none
   */
  readonly pullOrganizations?: readonly string[];
}
