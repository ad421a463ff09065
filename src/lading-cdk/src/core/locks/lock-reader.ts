import { compareBytes } from "../byte-order.js";
import { JsonError, type JsonMember, type JsonNode, parseJson } from "../json-document.js";
import { LadingError } from "../lading-error.js";
import { isDigest } from "../oci/digest.js";
import { Platform } from "../oci/platform.js";
import { isRepositoryName } from "../oci/repository-name.js";
import type { ImageLock, LockedImage } from "./image-lock.js";
import { environmentOfLock } from "./lock-path.js";

/** The newest known version. */
export const LOCK_VERSION = 2;

/**
 * Parses the text of a lock strictly: no duplicate, unknown or missing keys, and valid values only.
 * @param text - The file's content.
 * @param path - The file's name in errors.
 * @throws LadingError with the file, the line, the mistake and how to get a valid lock.
 */
export function parseLock(text: string, path: string): ImageLock {
  try {
    return new LockReader(path).read(parseJson(text.replace(/^\uFEFF/, "")));
  } catch (error) {
    if (error instanceof JsonError) {
      throw new LadingError(`Could not read the lock ${path}, line ${error.line}`, "it is not JSON", remedy(path));
    }

    throw error;
  }
}

/** How to replace a lock that is missing or unreadable. */
function remedy(path: string): string {
  const environment = environmentOfLock(path);
  return environment === undefined
    ? `Run 'lading resolve --env … --lock ${path}' to write it again.`
    : `Run 'lading resolve --env ${environment}' to write it again.`;
}

type Read = (node: JsonNode) => void;

class LockReader {
  private version = 1;

  constructor(private readonly path: string) {}

  read(root: JsonNode): ImageLock {
    // First, since a lock of another version may contain anything.
    this.checkVersion(root);
    let environment: string | undefined;
    let images: Map<string, LockedImage> | undefined;
    this.readMembers(root, "the lock", "lockVersion, environment and images", {
      lockVersion: () => {},
      environment: (node) => {
        environment = this.text(node, "environment");
      },
      images: (node) => {
        images = this.images(node);
      },
    });
    return {
      environment: environment ?? this.wrong(root, "environment is missing"),
      images: images ?? this.wrong(root, "images is missing"),
    };
  }

  private checkVersion(root: JsonNode): void {
    const node = this.members(root, "the lock").find((member) => member.key === "lockVersion")?.value;
    if (!node) {
      throw this.failure(root, "lockVersion is missing", remedy(this.path));
    }

    if (node.kind !== "number" || !isVersion(node.value)) {
      throw this.failure(node, "lockVersion is not a valid version number", remedy(this.path));
    }

    this.version = node.value;
    if (this.version > LOCK_VERSION) {
      throw this.failure(
        node,
        `it is of version ${this.version}, written by a newer Lading; this one knows versions up to ${LOCK_VERSION}`,
        "Update Lading (the tool, and the lading-cdk package), or write the lock again with this version: lading resolve.",
      );
    }
  }

  private images(node: JsonNode): Map<string, LockedImage> {
    const seen = new Set<string>();
    const images = this.members(node, "images").map((member): [string, LockedImage] => {
      this.once(seen, member);
      return [member.key, this.image(member.key, member.value)];
    });
    return new Map(images.sort(([one], [other]) => compareBytes(one, other)));
  }

  private image(name: string, node: JsonNode): LockedImage {
    const image: { -readonly [key in keyof LockedImage]?: LockedImage[key] } = {};
    const readers: Readonly<Record<string, Read>> = {
      repository: (value) => {
        image.repository = this.formed(value, "repository", isRepositoryName, "repository name");
      },
      digest: (value) => {
        image.digest = this.formed(value, "digest", isDigest, "digest");
      },
      fingerprint: (value) => {
        image.fingerprint = this.formed(value, "fingerprint", isHash, "fingerprint of 64 hex digits");
      },
      revision: (value) => {
        image.revision = value.kind === "null" ? null : this.formed(value, "revision", isCommit, "full commit hash");
      },
      platforms: (value) => {
        image.platforms = this.platforms(value);
      },
    };
    let hasVersion = this.version === 1;
    const newer: Readonly<Record<string, Read>> = {
      fingerprintVersion: (value) => {
        hasVersion = value.kind === "number" && isVersion(value.value);
        if (!hasVersion) {
          this.wrong(value, "fingerprintVersion is not a valid version number");
        }
      },
      manifests: (value) => {
        image.manifests = value.kind === "null" ? null : new Map(this.manifests(value));
      },
    };
    if (this.version === 1) {
      this.readMembers(node, name, "repository, digest, fingerprint, revision and platforms", readers);
    } else {
      const list = "repository, digest, fingerprint, fingerprintVersion, revision, platforms and manifests";
      this.readMembers(node, name, list, { ...readers, ...newer });
    }

    const missing = (what: string): never => this.wrong(node, `${name} has no ${what}`);
    return {
      repository: image.repository ?? missing("repository"),
      digest: image.digest ?? missing("digest"),
      fingerprint: image.fingerprint ?? missing("fingerprint"),
      revision: image.revision === undefined ? missing("revision (null says that there is none)") : image.revision,
      platforms: image.platforms ?? missing("platforms"),
      manifests: hasVersion ? manifestsOf(image.manifests, this.version) : missing("fingerprintVersion"),
    };
  }

  private platforms(node: JsonNode): Platform[] {
    if (node.kind !== "array") {
      return this.wrong(node, "platforms is not a list");
    }

    const platforms = new Map(
      node.items.map((item): [string, Platform] => {
        const platform =
          Platform.tryParse(this.text(item, "a platform")) ??
          this.wrong(item, "platforms is not a list of platforms such as linux/amd64");
        return [platform.toString(), platform];
      }),
    );
    return [...platforms].sort(([one], [other]) => compareBytes(one, other)).map(([, platform]) => platform);
  }

  private manifests(node: JsonNode): [string, string][] {
    const seen = new Set<string>();
    return this.members(node, "manifests").map((member) => {
      this.once(seen, member);
      const platform =
        Platform.tryParse(member.key) ??
        this.wrong(member, `${member.key} in manifests is not a platform such as linux/amd64`);
      return [platform.toString(), this.formed(member.value, member.key, isDigest, "digest")];
    });
  }

  /** Reads the members of an object in their order, so that the first of several mistakes is reported. */
  private readMembers(node: JsonNode, what: string, list: string, readers: Readonly<Record<string, Read>>): void {
    const seen = new Set<string>();
    for (const member of this.members(node, what)) {
      this.once(seen, member);
      const read = Object.hasOwn(readers, member.key) ? readers[member.key] : undefined;
      (read ?? (() => this.wrong(member.value, `${member.key} is unknown here; known are ${list}`)))(member.value);
    }
  }

  private members(node: JsonNode, what: string): readonly JsonMember[] {
    return node.kind === "object" ? node.members : this.wrong(node, `${what} is not an object`);
  }

  private once(seen: Set<string>, member: JsonMember): void {
    if (seen.has(member.key)) {
      this.wrong(member, `${member.key} is there twice`);
    }

    seen.add(member.key);
  }

  private text(node: JsonNode, key: string): string {
    const text = node.kind === "string" ? node.text : this.wrong(node, `${key} is not a text`);
    return text.length > 0 ? text : this.wrong(node, `${key} is empty`);
  }

  private formed(node: JsonNode, key: string, isFormed: (text: string) => boolean, expected: string): string {
    const text = this.text(node, key);
    return isFormed(text) ? text : this.wrong(node, `${key} is not a valid ${expected}`);
  }

  private wrong(node: { readonly line: number }, what: string): never {
    throw this.failure(node, what, remedy(this.path));
  }

  private failure(node: { readonly line: number }, what: string, remedyText: string): LadingError {
    return new LadingError(`Could not read the lock ${this.path}, line ${node.line}`, what, remedyText);
  }
}

/** Without manifests in the entry: version 1 never has them, a newer version omits them for what is not an index. */
function manifestsOf(
  said: ReadonlyMap<string, string> | null | undefined,
  version: number,
): ReadonlyMap<string, string> | null {
  return said !== undefined ? said : version === 1 ? null : new Map();
}

function isVersion(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function isCommit(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
