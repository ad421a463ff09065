import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Stack, Stage } from "aws-cdk-lib";
import { Platform } from "aws-cdk-lib/aws-ecr-assets";
import { ContainerImage } from "aws-cdk-lib/aws-ecs";
import { LadingSynthesizer } from "../src/index.js";
import type { AssetManifest } from "./asset-app.js";
import type { Vector, VectorAsset, VectorPush } from "./vector.js";

/** The synthesizer of a vector's app; undefined for CDK's own. */
export function synthesizerOf({ synthesizer }: Vector): LadingSynthesizer | undefined {
  if (!synthesizer) {
    return undefined;
  }

  const { qualifier, ...props } = synthesizer;
  return new LadingSynthesizer({ ...props, ...(qualifier && { bootstrap: { qualifier } }) });
}

/** An image asset built from a folder of the vector. */
export function assetOf(described: VectorAsset, root: string): ContainerImage {
  const { asset, file, target, buildArgs, platform } = described;
  return ContainerImage.fromAsset(join(root, asset ?? ""), {
    ...(file && { file }),
    ...(target && { target }),
    ...(buildArgs && { buildArgs: { ...buildArgs } }),
    ...(platform && { platform: Platform.custom(platform) }),
  });
}

/** The images in a stack's asset manifest. */
export function pushesOf(stack: Stack | undefined): VectorPush[] {
  const path = join(Stage.of(stack as Stack)?.outdir ?? "", `${stack?.artifactId}.assets.json`);
  const manifest: AssetManifest = JSON.parse(readFileSync(path, "utf8"));
  return Object.values(manifest.dockerImages ?? {}).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ repositoryName, imageTag, assumeRoleArn }) => ({
      repository: repositoryName,
      tag: imageTag,
      platform: source.platform,
      role: assumeRoleArn ?? null,
    })),
  );
}
