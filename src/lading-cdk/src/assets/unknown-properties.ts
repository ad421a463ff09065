import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type DockerImageAssetSource, FileSystem } from "aws-cdk-lib";
import { compareBytes } from "../core/byte-order.js";
import { LadingError } from "../core/lading-error.js";

const KNOWN: ReadonlySet<string> = new Set([
  // Part of the fingerprint.
  "directoryName",
  "dockerBuildArgs",
  "dockerBuildSecrets",
  "dockerBuildSsh",
  "dockerBuildTarget",
  "dockerFile",
  "platform",
  // Names, and how it is built rather than what.
  "assetName",
  "displayName",
  "dockerCacheDisabled",
  "dockerCacheFrom",
  "dockerCacheTo",
  "dockerOutputs",
  "executable",
  "networkMode",
  "sourceHash",
]);

/** Newer than the oldest `aws-cdk-lib` that Lading supports. */
const BUILD_CONTEXTS = "dockerBuildContexts";

/**
 * The identity including properties of newer versions of `aws-cdk-lib` that Lading does not know: they may change the
 * result. For build contexts that are folders, the content counts.
 * @param fingerprint - The identity by the known properties and the folder.
 * @param asset - The asset.
 * @param folder - The asset's own folder, which build contexts are relative to.
 * @returns The fingerprint unchanged if no unknown property is set.
 * @throws LadingError if one has a value that cannot be serialized.
 */
export function withUnknownProperties(fingerprint: string, asset: DockerImageAssetSource, folder: string): string {
  const unknown = Object.entries(asset)
    .filter(([name, value]) => !KNOWN.has(name) && value !== undefined && value !== null)
    .sort(([one], [other]) => compareBytes(one, other))
    .map(([name, value]) => `\n${name.charAt(0).toUpperCase()}${name.slice(1)}=${textOf(name, value, folder)}`);
  return unknown.length === 0
    ? fingerprint
    : createHash("sha256")
        .update(fingerprint + unknown.join(""))
        .digest("hex");
}

function textOf(name: string, value: unknown, folder: string): string {
  if (isPlain(value) || (Array.isArray(value) && value.every(isPlain))) {
    return JSON.stringify(value);
  }

  if (typeof value === "object" && !Array.isArray(value) && Object.values(value as object).every(isText)) {
    const entries = Object.entries(value as Record<string, string>)
      .sort(([one], [other]) => compareBytes(one, other))
      .map(([key, text]) => [key, name === BUILD_CONTEXTS ? withContent(text, folder) : text]);
    return JSON.stringify(Object.fromEntries(entries));
  }

  throw new LadingError(
    "Could not tell what an image asset is",
    `it sets ${name}, which this version of Lading does not know`,
    "Update the lading-cdk package, or leave the property out.",
  );
}

/** A folder with a hash of its content; anything else, such as a URL or another image, as it is. */
function withContent(context: string, folder: string): string {
  const path = resolve(folder, context);
  return existsSync(path) ? `${context}#${FileSystem.fingerprint(path)}` : context;
}

function isPlain(value: unknown): boolean {
  return isText(value) || typeof value === "boolean" || typeof value === "number";
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}
