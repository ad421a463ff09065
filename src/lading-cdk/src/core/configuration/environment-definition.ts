/** The environment that is there whether `lading.json` names it or not: the embedded registry of this machine. */
export const LOCAL = "local";

/** One entry of `environments` in `lading.json`: where images of a stage live. */
export interface EnvironmentDefinition {
  /** Lower-case letters, digits and `-`. */
  readonly name: string;

  /** Twelve digits; undefined for registries that are not ECR. */
  readonly account?: string | undefined;

  /** An AWS region; undefined if {@link account} is. */
  readonly region?: string | undefined;

  /** Undefined for the account's own ECR; else `embedded`, an account id whose ECR holds the images, or a registry host. */
  readonly registry?: string | undefined;

  /** Names of its stacks, with `*` and `?`; empty if it has all of its account and region. */
  readonly stacks: readonly string[];
}

/** Whether an environment's registry is the one of this machine. */
export function isEmbedded(environment: EnvironmentDefinition): boolean {
  return environment.registry === "embedded";
}
