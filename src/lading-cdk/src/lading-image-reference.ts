import type { IRepository } from "aws-cdk-lib/aws-ecr";

/** A reference to an image in a template. */
export class LadingImageReference {
  /** @internal */
  constructor(
    /** `registry/repository@sha256:…`; may contain tokens. */
    readonly uri: string,

    /** The repository, for granting permissions. It is imported: grants are added to the role that pulls, not to its own policy. */
    readonly repository: IRepository,

    /** `sha256:…`, or the tag. */
    readonly tagOrDigest: string,
  ) {}

  /** The same as {@link uri}. */
  toString(): string {
    return this.uri;
  }
}
