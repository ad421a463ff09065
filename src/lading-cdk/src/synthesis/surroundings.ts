/** What synthesis reads from its process. */
export interface Surroundings {
  /** The working directory, which for the CDK command line is the folder of `cdk.json`. */
  readonly folder: string;

  /** The environment variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Those of this process. */
export function surroundingsOfProcess(): Surroundings {
  return { folder: process.cwd(), variables: process.env };
}
