import { type EnvironmentDefinition, isEmbedded } from "../core/configuration/environment-definition.js";

/** The registry that a template names. */
export interface TargetRegistry {
  /** The host, where it is written as it is: no ECR, or one of ECR's other forms; undefined for the usual form. */
  readonly host?: string | undefined;

  /** The account whose ECR it is; undefined for the stack's own, unless there is a {@link host}. */
  readonly account?: string | undefined;

  /** As {@link account}. */
  readonly region?: string | undefined;

  /** Whether it is an ECR. */
  readonly isEcr: boolean;
}

/** The ECR of whatever account the stack is deployed to. */
export const REGISTRY_OF_STACK: TargetRegistry = { isEcr: true };

// The forms of ECR's addresses: every partition, FIPS, and dual-stack.
const ECR_HOST = /^(?<account>[0-9]{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:[a-z0-9-]+\.)+[a-z]+$/;

/** The registry of an environment; of none, and of the embedded one, that of whatever account the stack is deployed to. */
export function targetRegistryOf(environment: EnvironmentDefinition | undefined): TargetRegistry {
  const registry = environment?.registry;
  if (!environment || isEmbedded(environment) || (registry === undefined && environment.account === undefined)) {
    return REGISTRY_OF_STACK;
  }

  if (registry === undefined) {
    return { account: environment.account, region: environment.region, isEcr: true };
  }

  if (/^[0-9]{12}$/.test(registry)) {
    return { account: registry, region: environment.region, isEcr: true };
  }

  const { account, region } = ECR_HOST.exec(registry)?.groups ?? {};
  return { host: registry, account, region, isEcr: account !== undefined };
}
