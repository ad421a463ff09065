import { resolve } from "node:path";
import {
  type DefaultStackSynthesizerProps,
  type DockerImageAssetLocation,
  type DockerImageAssetSource,
  type Stack,
  Stage,
} from "aws-cdk-lib";
import { SOURCE_TAG_PREFIX } from "../core/configuration/alias-tags.js";
import { isEmbedded } from "../core/configuration/environment-definition.js";
import { LadingError } from "../core/lading-error.js";
import type { LockedImage } from "../core/locks/image-lock.js";
import { CONSTANT_DIGEST } from "../core/oci/digest.js";
import type { LadingSynthesizerProps } from "../lading-synthesizer-props.js";
import { AppImages } from "../synthesis/app-images.js";
import { chooseEnvironment } from "../synthesis/environment-choice.js";
import { askLading } from "../synthesis/lading-program.js";
import { findLocks } from "../synthesis/locks-of-app.js";
import { accountAndRegionOf } from "../synthesis/stack-identity.js";
import { sayError } from "../synthesis/stack-images.js";
import { questionOf } from "../synthesis/stack-pins.js";
import { settingsOf } from "../synthesis/stack-settings.js";
import type { IdentifiedAsset } from "./identified-asset.js";
import { withUnknownProperties } from "./unknown-properties.js";

const TAG_DIGITS = 40;
const NOWHERE = "lading.invalid";
const USUAL_PLATFORM = "linux/amd64";

/** The image assets of one stack: the image of each, and where it is pushed. */
export class AssetImages {
  private readonly app: AppImages;
  private published: ReadonlyMap<string, LockedImage> | undefined;

  constructor(
    private readonly stack: Stack,
    private readonly props: LadingSynthesizerProps,
  ) {
    this.app = AppImages.of(stack.node.root);
  }

  /** CDK's own settings, with images in the app's own repository. */
  innerProps(): DefaultStackSynthesizerProps {
    return {
      ...this.props.bootstrap,
      imageAssetsRepositoryName: this.repository(),
      // CDK has a default for every unset role; an empty role means none.
      imageAssetPublishingRoleArn: this.props.publishingRoleArn ?? "",
      dockerTagPrefix: SOURCE_TAG_PREFIX,
    };
  }

  /** Identifies an asset. */
  identify(asset: DockerImageAssetSource): IdentifiedAsset {
    if (asset.directoryName === undefined) {
      // A command makes it: only CDK's own hash is known.
      return { published: undefined, source: asset };
    }

    try {
      return this.identifyFolder(asset, asset.directoryName);
    } catch (error) {
      // Like every error at synthesis: CDK deploys no stack with errors.
      sayError(this.stack, error);
      return { published: this.locationOf(NOWHERE, CONSTANT_DIGEST), source: asset };
    }
  }

  private identifyFolder(asset: DockerImageAssetSource, directory: string): IdentifiedAsset {
    if (this.app.isFixed || settingsOf(this.stack.node, this.app.surroundings).fixed) {
      return { published: this.locationOf(this.repository(), CONSTANT_DIGEST), source: asset };
    }

    const platform = asset.platform ?? USUAL_PLATFORM;
    // Relative to the assembly of the stack's own stage, although assets are staged in the app's. CDK's command line
    // passes the app's as it was typed (default 'cdk.out'), relative to this process's folder.
    const stage = Stage.of(this.stack) ?? (this.stack.node.root as Stage);
    const folder = resolve(stage.outdir, directory);
    const fingerprint = withUnknownProperties(this.fingerprintOf(asset, folder, platform), asset, folder);
    this.published ??= this.findPublished();
    const image = this.published.get(fingerprint);
    return {
      published: image ? this.locationOf(image.repository, image.digest) : undefined,
      source: { ...asset, sourceHash: fingerprint.slice(0, TAG_DIGITS), platform },
    };
  }

  private repository(): string {
    try {
      const project = this.app.project;
      if (this.props.repository === undefined && !project) {
        throw new LadingError(
          `Could not find a repository for the image assets of stack ${this.stack.node.path}`,
          "none is given, and there is no lading.json with a project to name one after",
          "Give LadingSynthesizer a repository, or run 'lading init'.",
        );
      }

      return this.props.repository ?? `${project?.name}/assets`;
    } catch (error) {
      sayError(this.stack, error);
      return NOWHERE;
    }
  }

  /** Computed by the tool, with the rules of `publish`. */
  private fingerprintOf(asset: DockerImageAssetSource, folder: string, platform: string): string {
    const attempted = "Could not compute the identity of an image asset";
    const answer = askLading(this.app.processSurroundings, attempted, {
      arguments: ["identify"],
      input: JSON.stringify({
        folder,
        dockerfile: asset.dockerFile ?? "Dockerfile",
        target: asset.dockerBuildTarget ?? null,
        args: asset.dockerBuildArgs ?? {},
        secrets: Object.keys(asset.dockerBuildSecrets ?? {}),
        ssh: asset.dockerBuildSsh ?? null,
        platform,
      }),
    });
    const fingerprint = (answer as { readonly fingerprint?: unknown } | null)?.fingerprint;
    if (typeof fingerprint !== "string") {
      throw new LadingError(attempted, "'lading identify' named none", "Update the tool.");
    }

    return fingerprint;
  }

  private locationOf(repository: string, digest: string): DockerImageAssetLocation {
    const { account, region, urlSuffix } = this.stack;
    return {
      repositoryName: repository,
      imageUri: `${account}.dkr.ecr.${region}.${urlSuffix}/${repository}@${digest}`,
    };
  }

  /** The images of the stack's lock by fingerprint, if in its own account: an asset's task can pull from no other. */
  private findPublished(): ReadonlyMap<string, LockedImage> {
    if (!this.app.project) {
      return new Map();
    }

    try {
      const locks = findLocks(this.stack, this.app);
      const { environment, lock } = chooseEnvironment(questionOf(this.stack, this.app, locks));
      const isOwn =
        !environment ||
        isEmbedded(environment) ||
        (environment.registry === undefined && accountAndRegionOf(this.stack).fits(environment));
      const images = isOwn ? [...(locks.find(lock).lock?.images.values() ?? [])] : [];
      return new Map(images.reverse().map((image) => [image.fingerprint, image]));
    } catch (error) {
      if (error instanceof LadingError) {
        // The lock is ambiguous or unreadable: the asset is looked up, and built, under its own tag.
        return new Map();
      }

      throw error;
    }
  }
}
