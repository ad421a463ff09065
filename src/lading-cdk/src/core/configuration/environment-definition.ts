/** The environment that exists even if `lading.json` does not define it: the embedded registry of this machine. */
export const LOCAL = "local";

/** One entry of `environments` in `lading.json`: where the images of a stage are. */
export interface EnvironmentDefinition {
  /** Lower-case letters, digits and `-`. */
  readonly name: string;

  /** Twelve digits; undefined for registries that are not ECR. */
  readonly account?: string | undefined;

  /** An AWS region; undefined if {@link account} is. */
  readonly region?: string | undefined;

  /** Undefined for the account's own ECR; else `embedded`, an account id for that account's ECR, or a registry host. */
  readonly registry?: string | undefined;

  /** Patterns of its stacks' names, with `*` and `?`; empty if it has all stacks of its account and region. */
  readonly stacks: readonly string[];
}

/** Whether an environment's registry is the embedded one. */
export function isEmbedded(environment: EnvironmentDefinition): boolean {
  return environment.registry === "embedded";
}
