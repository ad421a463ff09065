import { Annotations, RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  type CfnRepository,
  type IRepository,
  type LifecycleRule,
  Repository,
  type RepositoryProps,
  TagStatus,
} from "aws-cdk-lib/aws-ecr";
import { AccountPrincipal, AnyPrincipal, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { type RepositorySettings, repositorySettingsFor, SOURCE_TAG_PREFIX } from "./core/configuration/alias-tags.js";
import { LadingError } from "./core/lading-error.js";
import type { ImageRepositoryProps } from "./image-repository-props.js";
import { AppImages } from "./synthesis/app-images.js";
import { ImageRendering } from "./synthesis/image-rendering.js";
import { checkName } from "./synthesis/locked-images.js";
import { sayError } from "./synthesis/stack-images.js";
import { readRegistry } from "./synthesis/stack-pins.js";
import { REGISTRY_OF_STACK } from "./synthesis/target-registry.js";

// A placeholder for an unknown name: CDK accepts no name that ECR would not.
const NAMELESS = "lading.invalid/none";

const PULL_ACTIONS = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"];

/**
 * An ECR repository for Lading's images: immutable tags except aliases and `sha256-*`, retained when the stack is deleted,
 * scanned on push, without a rule that deletes images by count. The same as `lading publish` creates.
 *
 * For environments with `"repositories": "cdk"`. Put it in a stack of its own, and deploy that before the first publish: images
 * must exist before the stack that runs them.
 */
export class ImageRepository extends Repository {
  /**
   * Creates a repository.
   * @param scope - A stack of its own.
   * @param id - The construct's id.
   * @param props - What it holds.
   */
  constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    super(scope, id, propsOf(scope, props));
    setTagRules(this.node.defaultChild as CfnRepository, settingsOf(scope));
    const accounts = props.pullAccounts ?? [];
    if (accounts.length > 0) {
      this.addToResourcePolicy(
        new PolicyStatement({
          sid: "PullByAccounts",
          principals: accounts.map((account) => new AccountPrincipal(account)),
          actions: PULL_ACTIONS,
        }),
      );
    }

    const organizations = props.pullOrganizations ?? [];
    if (organizations.length > 0) {
      this.addToResourcePolicy(
        new PolicyStatement({
          sid: "PullByOrganizations",
          principals: [new AnyPrincipal()],
          actions: PULL_ACTIONS,
          conditions: { StringEquals: { "aws:PrincipalOrgID": [...organizations] } },
        }),
      );
    }
  }

  /**
   * Creates the repositories of all images in `lading.json`, without duplicates.
   * @param scope - A stack of their own. The constructs have the names of the images.
   * @param props - Properties for each; `image` and `repositoryName` are ignored.
   */
  static forEachImage(scope: Construct, props: ImageRepositoryProps = {}): ImageRepository[] {
    return attempt(scope, () => {
      const { images } = AppImages.of(scope.node.root).getProject("Could not create the repositories");
      const first = new Map([...images].reverse().map(([image, repository]) => [repository, image]));
      const { repositoryName: _, ...others } = props;
      return [...images]
        .filter(([image, repository]) => first.get(repository) === image)
        .map(([image]) => new ImageRepository(scope, image, { ...others, image }));
    }, []);
  }

  /**
   * The existing repository of an image, created by `lading publish`, by another stack or by hand.
   * @param scope - A construct in the stack whose environment counts.
   * @param id - The construct's id.
   * @param image - The image's name in `lading.json`.
   */
  static fromLading(scope: Construct, id: string, image: string): IRepository {
    const stack = Stack.of(scope);
    const place = attempt(scope, () => readRegistry(stack), REGISTRY_OF_STACK);
    return new ImageRendering(stack, place).import(scope, id, repositoryNameOf(scope, image));
  }

  /**
   * Adds a lifecycle rule, and refuses rules that would delete images in use.
   * @param rule - A rule by age, for images with certain tags that are not Lading's own.
   */
  override addLifecycleRule(rule: LifecycleRule): void {
    if (
      rule.maxImageCount !== undefined ||
      rule.tagStatus === undefined ||
      rule.tagStatus === TagStatus.ANY ||
      rule.tagStatus === TagStatus.UNTAGGED ||
      [...(rule.tagPrefixList ?? []), ...(rule.tagPatternList ?? [])].some(meetsSourceTags)
    ) {
      Annotations.of(this).addError(
        "Could not add a lifecycle rule: it deletes images by count, images without a tag (such as the children of an index), or images with the " +
          "src- tags that every image has. That would delete images that run, or that you may roll back to. " +
          "Give rules an age (maxImageAge) and tags of your own (TagStatus.TAGGED).",
      );
      return;
    }

    super.addLifecycleRule(rule);
  }
}

/** Whether a rule for this tag prefix or pattern also applies to `src-` tags. */
function meetsSourceTags(tags: string): boolean {
  const start = tags.split("*")[0] ?? "";
  return start.startsWith(SOURCE_TAG_PREFIX) || SOURCE_TAG_PREFIX.startsWith(start);
}

/** Properties of CloudFormation that CDK 2.160 does not have. */
function setTagRules(repository: CfnRepository, settings: RepositorySettings): void {
  const { exceptions } = settings;
  repository.addPropertyOverride(
    "ImageTagMutability",
    (settings.tagsAreMutable ? "MUTABLE" : "IMMUTABLE") + (exceptions.length === 0 ? "" : "_WITH_EXCLUSION"),
  );
  if (exceptions.length > 0) {
    repository.addPropertyOverride(
      "ImageTagMutabilityExclusionFilters",
      exceptions.map((filter) => ({
        ImageTagMutabilityExclusionFilterType: "WILDCARD",
        ImageTagMutabilityExclusionFilterValue: filter,
      })),
    );
  }
}

function settingsOf(scope: Construct): RepositorySettings {
  return repositorySettingsFor(attempt(scope, () => AppImages.of(scope.node.root).project?.aliases ?? [], []));
}

function propsOf(scope: Construct, props: ImageRepositoryProps): RepositoryProps {
  return {
    repositoryName: props.repositoryName ?? repositoryNameOf(scope, props.image),
    imageScanOnPush: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(props.encryption ? { encryption: props.encryption } : {}),
    ...(props.encryptionKey ? { encryptionKey: props.encryptionKey } : {}),
  };
}

function repositoryNameOf(scope: Construct, image: string | undefined): string {
  return attempt(
    scope,
    () => {
      if (image === undefined) {
        throw new LadingError(
          `Could not name a repository in ${scope.node.path}`,
          "neither image nor repositoryName is set",
          "Set image to a name of lading.json.",
        );
      }

      const project = AppImages.of(scope.node.root).getProject(`Could not name the repository of image ${image}`);
      return checkName(image, project.images);
    },
    NAMELESS,
  );
}

function attempt<T>(scope: Construct, act: () => T, otherwise: T): T {
  try {
    return act();
  } catch (error) {
    sayError(scope, error);
    return otherwise;
  }
}
