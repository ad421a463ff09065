import type { IConstruct } from "constructs";
import { CONFIGURATION, findProject, type Project } from "../core/configuration/project.js";
import { LadingError } from "../core/lading-error.js";
import type { ImageLock } from "../core/locks/image-lock.js";
import { findLock } from "../core/locks/lock-file.js";
import { type AppDocument, readAppDocument } from "./app-document.js";
import { type HeadFingerprints, unknownHead } from "./head-fingerprints.js";
import { askLading } from "./lading-program.js";
import { KEYS } from "./stack-settings.js";
import { type Surroundings, surroundingsOfProcess } from "./surroundings.js";

// Attached to the root of a construct tree, so that nothing outlives an app. The symbol is global, since an app may
// load both builds of this package.
const APP = Symbol.for("lading-cdk.app");

/** What the stacks of an app share: `lading.json`, the locks and the fingerprints of HEAD, each read once. */
export class AppImages {
  /** True if a test asked for constant digests. */
  isFixed = false;

  /** The paths of scopes whose stacks write no record. */
  readonly withoutRecord = new Set<string>();

  private readonly locks = new Map<string, ImageLock | undefined>();
  private readonly readProject: () => Project | undefined;
  private readonly readDocument: () => AppDocument | undefined;
  private readonly readHead: () => HeadFingerprints;

  private constructor(
    private readonly root: IConstruct,
    private readonly process: Surroundings,
  ) {
    this.readDocument = once(() => {
      const given: unknown = root.node.tryGetContext(KEYS.app);
      return given === undefined || given === null
        ? undefined
        : readAppDocument(given, `Could not read the context ${KEYS.app}`);
    });
    this.readProject = once(() => {
      const document = this.readDocument();
      return document ? { ...document, folder: process.folder } : findProject(process.folder);
    });
    this.readHead = once(() => this.document?.head ?? askForHead(process));
  }

  /** What the stacks under the root of a construct tree share. */
  static of(root: IConstruct): AppImages {
    const holder = root as unknown as Record<symbol, AppImages | undefined>;
    return holder[APP] ?? AppImages.place(root, surroundingsOfProcess());
  }

  /** Replaces the folder and variables of the process for an app. */
  static place(root: IConstruct, surroundings: Surroundings): AppImages {
    const images = new AppImages(root, surroundings);
    Object.defineProperty(root, APP, { value: images, configurable: true });
    return images;
  }

  /** Without variables if there is a document: the tool that passed it has read them. */
  get surroundings(): Surroundings {
    return this.document ? { folder: this.process.folder, variables: {} } : this.process;
  }

  /** The folder and variables for asking the tool about an asset. */
  get processSurroundings(): Surroundings {
    return this.process;
  }

  /** The lock in the app's own context. */
  get lockOfApp(): unknown {
    return this.root.node.tryGetContext(KEYS.lock);
  }

  /** The document that `lading run` or `lading deploy` passed; undefined if CDK started the app. */
  get document(): AppDocument | undefined {
    return this.readDocument();
  }

  /**
   * The project of the nearest `lading.json` from the working directory upward; undefined if there is none.
   * @throws LadingError if something in the file is wrong.
   */
  get project(): Project | undefined {
    return this.readProject();
  }

  /** The identities of the project's images at HEAD: as passed, or else asked for when first needed. */
  get head(): HeadFingerprints {
    return this.readHead();
  }

  /**
   * {@link project}, which must exist.
   * @param attempted - What it is needed for, as the start of a sentence.
   * @throws LadingError if it does not exist, or something in it is wrong.
   */
  getProject(attempted: string): Project {
    const project = this.project;
    if (!project) {
      throw new LadingError(
        attempted,
        `${CONFIGURATION} is neither in ${this.surroundings.folder} nor in a folder above`,
        "Run 'lading init' in the folder of cdk.json, then 'lading publish'.",
      );
    }

    return project;
  }

  /**
   * A lock; undefined if there is no such file.
   * @throws LadingError if it cannot be read as a lock.
   */
  findLock(path: string): ImageLock | undefined {
    if (!this.locks.has(path)) {
      this.locks.set(path, findLock(path));
    }

    return this.locks.get(path);
  }
}

function askForHead(surroundings: Surroundings): HeadFingerprints {
  try {
    const attempted = "Could not ask lading what HEAD is";
    return readAppDocument(askLading(surroundings, attempted, { arguments: ["run", "--print"] }), attempted).head;
  } catch (error) {
    return unknownHead((error as Error).message);
  }
}

function once<T>(read: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => {
    result ??= { value: read() };
    return result.value;
  };
}
