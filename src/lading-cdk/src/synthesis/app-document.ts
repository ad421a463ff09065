import type { EnvironmentDefinition } from "../core/configuration/environment-definition.js";
import { LadingError } from "../core/lading-error.js";
import type { LockedImage } from "../core/locks/image-lock.js";
import { Platform } from "../core/oci/platform.js";
import type { HeadFingerprints, HeadImage } from "./head-fingerprints.js";

/** The known version of the document. */
const APP_VERSION = 1;

/** What the tool decided before synthesis, for each environment: context `lading:app` (schema/app.schema.json). */
export interface AppDocument {
  readonly name: string;

  /** The environment that the app was started for: stacks that match no other belong to it. Undefined for none. */
  readonly environment: string | undefined;

  /** A lock file that the user named; undefined if locks are in their default location. */
  readonly lockFile: string | undefined;

  /** The repository of each image of `lading.json`. */
  readonly images: ReadonlyMap<string, string>;
  readonly aliases: readonly string[];
  readonly environments: ReadonlyMap<string, EnvironmentDefinition>;

  /** The images of each environment, or why they are unknown. */
  readonly states: ReadonlyMap<string, EnvironmentState>;
  readonly head: HeadFingerprints;
}

/** The images of an environment, or why they are unknown. */
export type EnvironmentState =
  | { readonly state: "ready"; readonly images: ReadonlyMap<string, HandedImage>; readonly path: string }
  | { readonly state: "unresolved"; readonly reason: string };

/** An image of an environment, with the tool's findings. */
export interface HandedImage extends LockedImage {
  /** How it differs from HEAD, as sentences; undefined if it does not. */
  readonly staleness: string | undefined;

  /** The stacks that were rolled back from it, each with the sentence to report. */
  readonly rolledBack: ReadonlyMap<string, string>;
}

interface RawDocument {
  readonly appVersion?: unknown;
  readonly project: string;
  readonly environment?: string | null;
  readonly lockFile?: string | null;
  readonly aliases?: readonly string[];
  readonly images: Readonly<Record<string, { readonly repository: string }>>;
  readonly head: {
    readonly commit?: string | null;
    readonly failure?: string | null;
    readonly images?: Readonly<Record<string, RawHeadImage>>;
  };
  readonly environments: Readonly<Record<string, RawEnvironment>>;
}

interface RawHeadImage {
  readonly fingerprint: string;
  readonly platforms: readonly string[];
  readonly held?: boolean;
}

interface RawEnvironment {
  readonly account?: string | null;
  readonly region?: string | null;
  readonly registry?: string | null;
  readonly stacks?: readonly string[];
  readonly state: "ready" | "unresolved";
  readonly reason?: string | null;
  readonly lock?: string | null;
  readonly images?: Readonly<Record<string, RawImage>>;
}

interface RawImage {
  readonly repository: string;
  readonly digest: string;
  readonly fingerprint: string;
  readonly revision: string | null;
  readonly platforms: readonly string[];
  readonly manifests?: Readonly<Record<string, string>> | null;
  readonly reason?: string | null;
  readonly rolledBack?: Readonly<Record<string, string>>;
}

/**
 * Reads the document. Unknown members are ignored: new ones may be added without a new version.
 * @param value - The JSON value.
 * @param attempted - What it is read for, as the start of a sentence.
 * @throws LadingError if its version is unknown, or it is not a document of Lading.
 */
export function readAppDocument(value: unknown, attempted: string): AppDocument {
  const raw = value as RawDocument;
  const version = typeof value === "object" && value !== null ? raw.appVersion : undefined;
  if (version !== APP_VERSION) {
    throw typeof version === "number" && version > APP_VERSION
      ? new LadingError(
          attempted,
          `it is of version ${version}, handed over by a newer Lading; this one knows version ${APP_VERSION}`,
          "Update the lading-cdk package to the version of the tool.",
        )
      : new LadingError(
          attempted,
          "it is not what Lading hands over",
          "Remove it from cdk.json: 'lading run' and 'lading deploy' set it.",
        );
  }

  return {
    name: raw.project,
    environment: raw.environment ?? undefined,
    lockFile: raw.lockFile ?? undefined,
    images: new Map(Object.entries(raw.images).map(([name, image]) => [name, image.repository])),
    aliases: raw.aliases ?? [],
    environments: new Map(
      Object.entries(raw.environments).map(([name, environment]) => [name, definitionOf(name, environment)]),
    ),
    states: new Map(Object.entries(raw.environments).map(([name, environment]) => [name, stateOf(environment)])),
    head: {
      commit: raw.head.commit ?? undefined,
      failure: raw.head.failure ?? undefined,
      images: new Map(
        Object.entries(raw.head.images ?? {}).map(([name, image]): [string, HeadImage] => [
          name,
          {
            fingerprint: image.fingerprint,
            platforms: image.platforms.map((text) => Platform.parse(text)),
            isHeld: image.held ?? false,
          },
        ]),
      ),
    },
  };
}

function definitionOf(name: string, raw: RawEnvironment): EnvironmentDefinition {
  return {
    name,
    account: raw.account ?? undefined,
    region: raw.region ?? undefined,
    registry: raw.registry ?? undefined,
    stacks: raw.stacks ?? [],
  };
}

function stateOf(raw: RawEnvironment): EnvironmentState {
  if (raw.state !== "ready") {
    return { state: "unresolved", reason: raw.reason ?? "" };
  }

  const images = Object.entries(raw.images ?? {}).map(([image, each]): [string, HandedImage] => [
    image,
    {
      repository: each.repository,
      digest: each.digest,
      fingerprint: each.fingerprint,
      revision: each.revision,
      platforms: each.platforms.map((text) => Platform.parse(text)),
      manifests: each.manifests === null ? null : new Map(Object.entries(each.manifests ?? {})),
      staleness: each.reason ?? undefined,
      rolledBack: new Map(Object.entries(each.rolledBack ?? {})),
    },
  ]);
  return { state: "ready", images: new Map(images), path: raw.lock ?? "" };
}
