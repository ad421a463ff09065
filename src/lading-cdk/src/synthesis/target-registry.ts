import { type EnvironmentDefinition, isEmbedded } from "../core/configuration/environment-definition.js";
import { EcrAddress } from "../core/oci/ecr-address.js";

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

  const ecr = EcrAddress.tryParse(registry);
  return { host: registry, account: ecr?.account, region: ecr?.region, isEcr: ecr !== undefined };
}

/** The host that templates name; undefined for the ECR of whatever account and region the stack is deployed to. */
export function writtenHostOf({ host, account, region }: TargetRegistry): string | undefined {
  return host ?? (account !== undefined && region !== undefined ? new EcrAddress(account, region).host : undefined);
}
