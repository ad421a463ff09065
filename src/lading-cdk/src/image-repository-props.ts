import type { RepositoryEncryption } from "aws-cdk-lib/aws-ecr";
import type { IKey } from "aws-cdk-lib/aws-kms";

/** What an {@link ImageRepository} holds, and who may pull from it. */
export interface ImageRepositoryProps {
  /**
   * The image of `lading.json`: its entry says the repository's name.
   * @default - {@link repositoryName} says it
   */
  readonly image?: string;

  /**
   * The repository's name.
   * @default - that of {@link image}
   */
  readonly repositoryName?: string;

  /**
   * How images are encrypted. It cannot be changed later.
   * @default - ECR's own keys, or KMS where {@link encryptionKey} is set
   */
  readonly encryption?: RepositoryEncryption;

  /**
   * The KMS key.
   * @default - AWS's own, where {@link encryption} is KMS
   */
  readonly encryptionKey?: IKey;

  /**
   * Other accounts that may pull: twelve digits each. They still need a policy of their own that lets them.
   * @default - none
   */
  readonly pullAccounts?: readonly string[];

  /**
   * Organizations of AWS all of whose accounts may pull: `o-…`.
   * @default - none
   */
  readonly pullOrganizations?: readonly string[];
}
