import { commitAliasOf, SOURCE_TAG_PREFIX, tagOf } from "../core/configuration/alias-tags.js";
import type { Project } from "../core/configuration/project.js";
import { LadingError } from "../core/lading-error.js";
import { Platform } from "../core/oci/platform.js";
import type { HeadFingerprints } from "./head-fingerprints.js";
import { checkName, checkPlatform } from "./locked-images.js";
import type { ImageDemand, ImagePins, PinnedImage } from "./pinned-image.js";
import type { PublishCommand } from "./publish-command.js";

const TAG_DIGITS = 40;

/** The tags of images at HEAD; no lock is read. */
export class TaggedImages implements ImagePins {
  private readonly commitTag: string | undefined;

  /**
   * @param head - The identities at HEAD.
   * @param project - The project in the working tree: images and aliases.
   * @param publish - The commands that add the tags.
   * @param isByCommit - True for the alias of HEAD, the same for every image; false for each image's source tag.
   * @throws LadingError if HEAD could not be read, or no alias contains `{commit}`.
   */
  constructor(
    private readonly head: HeadFingerprints,
    private readonly project: Project,
    private readonly publish: PublishCommand,
    isByCommit: boolean,
  ) {
    if (head.failure !== undefined) {
      throw new LadingError("Could not compute the tags of images from git", head.failure);
    }

    this.commitTag = isByCommit ? commitTagOf(project, head.commit ?? "") : undefined;
  }

  get(name: string, demand: ImageDemand): PinnedImage {
    const repository = checkName(name, this.project.images);
    const image = this.head.images.get(name);
    if (!image) {
      throw new LadingError(
        `Could not pin image ${name}`,
        "lading.json of HEAD has no image of that name",
        `Commit it, then run '${this.publish.for(name)}'.`,
      );
    }

    const { service, takesIndex } = demand.service;
    if (!takesIndex && image.platforms.length !== 1) {
      throw new LadingError(
        `Could not pin image ${name} for ${service}, which takes no image index`,
        "the tag names the index of all its platforms",
        "Pin it by digest (ImagePin.DIGEST), which names the manifest of one platform.",
      );
    }

    const platform = demand.findPlatform() ?? (takesIndex ? undefined : Platform.LINUX_AMD64);
    checkPlatform(name, image.platforms, platform, this.publish);
    return { repository, pin: this.commitTag ?? SOURCE_TAG_PREFIX + image.fingerprint.slice(0, TAG_DIGITS) };
  }
}

/** An alias with a branch would not exist without a branch, as in most CI jobs. */
function commitTagOf(project: Project, commit: string): string {
  const alias = commitAliasOf(project.aliases);
  if (alias === undefined) {
    throw new LadingError(
      "Could not tell the tag of a commit",
      "no alias in lading.json holds {commit} and no {branch}",
      'Add one ("aliases": ["{commit}"]) and publish, or pin by ImagePin.SOURCE_TAG, which needs none.',
    );
  }

  return tagOf(alias, commit);
}
