import { EcrAddress, type EcrHostForm } from "../core/oci/ecr-address.js";
import { ImageConsumer } from "../image-consumer.js";

/** A service's requirements on its images (docs/check.md, "What each service takes"). */
export interface ImageRequirements {
  /** Its name for people. */
  readonly service: string;

  /** Whether it supports an index. */
  readonly takesIndex: boolean;

  /** The registries that it pulls from; empty for any. */
  readonly registries: readonly ("ECR" | "ECR Public")[];

  /** True if the image must be in the region of the resource. */
  readonly isBoundToRegion: boolean;

  /** The forms of ECR hosts that it supports besides the standard one. */
  readonly hosts: readonly EcrHostForm[];
}

/** Supports what an engine supports: ECS, AWS Batch and every service without an entry here. */
export const NO_REQUIREMENTS: ImageRequirements = {
  service: "the service",
  takesIndex: true,
  registries: [],
  isBoundToRegion: false,
  hosts: ["fips", "dualStack"],
};

const REQUIREMENTS: ReadonlyMap<ImageConsumer, ImageRequirements> = new Map([
  [
    ImageConsumer.LAMBDA,
    { service: "Lambda", takesIndex: false, registries: ["ECR"], isBoundToRegion: true, hosts: ["dualStack"] },
  ],
  [ImageConsumer.APP_RUNNER, { ...NO_REQUIREMENTS, service: "App Runner", registries: ["ECR", "ECR Public"] }],
  [
    ImageConsumer.SAGE_MAKER,
    { ...NO_REQUIREMENTS, service: "SageMaker", takesIndex: false, registries: ["ECR"], isBoundToRegion: true },
  ],
  [ImageConsumer.AGENT_CORE, { ...NO_REQUIREMENTS, service: "Bedrock AgentCore", registries: ["ECR"], hosts: [] }],
]);

/** The requirements of the service that an image is for. */
export function requirementsOf(consumer: ImageConsumer | undefined): ImageRequirements {
  return (consumer === undefined ? undefined : REQUIREMENTS.get(consumer)) ?? NO_REQUIREMENTS;
}

/**
 * Why a service does not pull from a registry; undefined if it does.
 * @param demanded - The service's requirements.
 * @param host - The registry in the template; undefined for the ECR of the stack's own account and region.
 * @param region - The resource's region; undefined if the stack leaves it open.
 */
export function findRefusal(
  demanded: ImageRequirements,
  host: string | undefined,
  region: string | undefined,
): string | undefined {
  if (host === undefined || demanded.registries.length === 0) {
    return undefined;
  }

  const { service, registries } = demanded;
  const ecr = EcrAddress.tryParse(host);
  const kind = ecr ? "ECR" : host === EcrAddress.PUBLIC ? "ECR Public" : undefined;
  if (kind === undefined || !registries.includes(kind)) {
    return `${service} pulls from ${registries.join(" and ")} alone: mirror it with a "from" image of lading.json`;
  }

  if (demanded.isBoundToRegion && region !== undefined && ecr && ecr.region !== region) {
    return `${service} pulls from its own region alone, ${region}: publish it there, or replicate the repository`;
  }

  return ecr?.forms.some((form) => !demanded.hosts.includes(form))
    ? `${service} does not take this form of ECR's host: write ${ecr.host}`
    : undefined;
}
