import { type EnvironmentDefinition, isEmbedded } from "../core/configuration/environment-definition.js";
import { EcrAddress } from "../core/oci/ecr-address.js";

/** The registry in a template. */
export interface TargetRegistry {
  /** The literal host; undefined if it follows from account and region, or from the stack's own. */
  readonly host?: string | undefined;

  /** The account of the ECR registry; undefined for the stack's own, or if the registry is not ECR. */
  readonly account?: string | undefined;

  /** The region, like {@link account}. */
  readonly region?: string | undefined;

  /** True for ECR, for which the execution role needs permission to pull. */
  readonly isEcr: boolean;
}

/** The ECR registry of whichever account and region the stack is deployed to. */
export const REGISTRY_OF_STACK: TargetRegistry = { isEcr: true };

/** The registry of an environment's images; the stack's own ECR for none and for the embedded registry. */
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

/** The host in templates; undefined for the ECR of whichever account and region the stack is deployed to. */
export function writtenHostOf({ host, account, region }: TargetRegistry): string | undefined {
  return host ?? (account !== undefined && region !== undefined ? new EcrAddress(account, region).host : undefined);
}
