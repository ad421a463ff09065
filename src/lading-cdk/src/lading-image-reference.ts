import type { IRepository } from "aws-cdk-lib/aws-ecr";

/** An image as a template names it. */
export class LadingImageReference {
  /** @internal */
  constructor(
    /** `registry/repository@sha256:…`; may hold tokens. */
    readonly uri: string,

    /** The repository, to grant permissions on. It is imported: grants are given to whoever pulls, not by the repository. */
    readonly repository: IRepository,

    /** `sha256:…`, or the tag. */
    readonly tagOrDigest: string,
  ) {}

  /** The same as {@link uri}. */
  toString(): string {
    return this.uri;
  }
}
