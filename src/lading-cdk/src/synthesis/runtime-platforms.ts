import { type CfnTaskDefinition, FargateTaskDefinition, type TaskDefinition } from "aws-cdk-lib/aws-ecs";
import { Platform } from "../core/oci/platform.js";

/** The platform of a task; undefined if the template does not set it: a task on EC2 runs on its cluster's instances. */
export function findRuntimePlatform(
  task: TaskDefinition,
  resource: CfnTaskDefinition | undefined,
): Platform | undefined {
  const said: unknown = resource?.runtimePlatform;
  if (said === undefined) {
    return task instanceof FargateTaskDefinition || task.isFargateCompatible ? Platform.LINUX_AMD64 : undefined;
  }

  const resolved: unknown = task.stack.resolve(said);
  if (typeof resolved !== "object" || resolved === null) {
    return undefined;
  }

  const { operatingSystemFamily, cpuArchitecture } = resolved as Record<string, unknown>;
  return platformOf(operatingSystemFamily, cpuArchitecture);
}

/**
 * The platform in OCI's terms; undefined if ECS's are unknown.
 * @param family - `LINUX`, `WINDOWS_SERVER_2022_CORE` …; undefined for Linux.
 * @param architecture - `X86_64` or `ARM64`; undefined for `X86_64`.
 */
function platformOf(family: unknown, architecture: unknown): Platform | undefined {
  const system =
    family === undefined || family === "LINUX"
      ? "linux"
      : typeof family === "string" && family.startsWith("WINDOWS")
        ? "windows"
        : undefined;
  const processor =
    architecture === undefined || architecture === "X86_64" ? "amd64" : architecture === "ARM64" ? "arm64" : undefined;
  return system && processor ? new Platform(system, processor) : undefined;
}
