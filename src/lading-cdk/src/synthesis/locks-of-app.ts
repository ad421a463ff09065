import type { Stack } from "aws-cdk-lib";
import { compareBytes } from "../core/byte-order.js";
import type { ImageLock } from "../core/locks/image-lock.js";
import type { EnvironmentState, HandedImage } from "./app-document.js";
import type { AppImages } from "./app-images.js";
import { LockLocation } from "./lock-location.js";
import { settingsOf } from "./stack-settings.js";

/** The lock of an environment, or why there is none. */
export interface FoundLock {
  /** Undefined if there is none. */
  readonly lock: ImageLock | undefined;
  readonly path: string;

  /** Why there is none, if the tool said so. */
  readonly reason?: string | undefined;

  /** The images with the tool's findings; undefined if the lock was read here. */
  readonly handed?: ReadonlyMap<string, HandedImage>;
}

/** The locks of an app: passed by the tool, or files. */
export interface Locks {
  /** The file that the user named, for commands in messages; undefined for one lock per environment. */
  readonly file: string | undefined;

  /** Whether that file is read for any environment. */
  readonly isOneFile: boolean;

  /** The environments that have a lock, in order. */
  environments(): string[];

  /** @throws LadingError if it cannot be read. */
  find(environment: string): FoundLock;
}

/** The locks that a stack may take its images from. */
export function findLocks(stack: Stack, app: AppImages): Locks {
  const setting = settingsOf(stack.node, app.surroundings).lock;
  const { document } = app;
  // A stage or stack may name a lock of its own, which is read instead.
  if (document && (setting === undefined || setting === app.lockOfApp)) {
    return {
      file: document.lockFile,
      isOneFile: false,
      environments: () =>
        [...document.states]
          .flatMap(([environment, { state }]) => (state === "ready" ? environment : []))
          .sort(compareBytes),
      find: (environment) => findHanded(environment, document.states.get(environment)),
    };
  }

  const project = app.getProject(`Could not pin the images of stack ${stack.node.path}`);
  const location = LockLocation.of(project.folder, app.surroundings, setting);
  return {
    file: location.file,
    isOneFile: location.file !== undefined,
    environments: () => location.environments(),
    find: (environment) => {
      const path = location.for(environment);
      return { lock: app.findLock(path), path };
    },
  };
}

function findHanded(environment: string, state: EnvironmentState | undefined): FoundLock {
  return state?.state === "ready"
    ? { lock: { environment, images: state.images }, path: state.path, handed: state.images }
    : {
        lock: undefined,
        path: "",
        reason:
          state?.reason ?? `environment ${environment} was not handed over. Start the app with 'lading run' again.`,
      };
}
