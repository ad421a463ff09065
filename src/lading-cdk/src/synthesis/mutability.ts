import { LadingError } from "../core/lading-error.js";
import type { AppImages } from "./app-images.js";

/**
 * Why a reference is mutable; undefined if it is not, or an error already reports that there is no image.
 * @param image - The reference; undefined if it is unknown.
 * @param app - The app, which has the aliases.
 * @param allowsAssets - Whether CDK's image assets are allowed.
 */
export function findMutability(image: string | undefined, app: AppImages, allowsAssets: boolean): string | undefined {
  if (image === undefined) {
    return "its reference is known only to the deployment. Use LadingImage, or a digest written out.";
  }

  if (/@(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(image) || image.startsWith("lading.invalid/")) {
    return undefined;
  }

  // A colon before the last slash precedes a port.
  const path = image.slice(image.lastIndexOf("/") + 1);
  const colon = path.lastIndexOf(":");
  const tag = colon > 0 ? path.slice(colon + 1) : undefined;
  if (tag === undefined) {
    return `${image} names no tag, which means 'latest'. ${remedyFor(image)}`;
  }

  if (/^src-[0-9a-f]{40}$/.test(tag) || isCommitTag(tag, app)) {
    return undefined;
  }

  if (/^[0-9a-f]{64}$/.test(tag)) {
    return allowsAssets
      ? undefined
      : `${image} is a CDK image asset, built and stored per account. Use LadingImage, or allow assets.`;
  }

  return `${image} is named by a tag that may move. ${remedyFor(image)}`;
}

function remedyFor(image: string): string {
  return image.includes("${")
    ? "Use LadingImage, or pin it by digest."
    : `Pin it by digest, or add it to lading.json ({ "from": "${image}" }) and use LadingImage.`;
}

function isCommitTag(tag: string, app: AppImages): boolean {
  try {
    return (app.project?.aliases ?? []).some((alias) => {
      const around = alias.split("{commit}");
      return around.length === 2 && !alias.includes("{branch}") && isAliasOf(tag, around[0] ?? "", around[1] ?? "");
    });
  } catch (error) {
    if (error instanceof LadingError) {
      // The stacks that need lading.json report what is wrong with it.
      return false;
    }

    throw error;
  }
}

function isAliasOf(tag: string, before: string, after: string): boolean {
  const commit = tag.slice(before.length, tag.length - after.length);
  return tag === before + commit + after && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit);
}
