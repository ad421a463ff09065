import type { Stack } from "aws-cdk-lib";
import type { ImageLock } from "../core/locks/image-lock.js";
import type { AppImages } from "./app-images.js";
import { LockLocation } from "./lock-location.js";
import { settingsOf } from "./stack-settings.js";

/** The lock of an environment, or where it would be. */
export interface FoundLock {
  /** Undefined where there is none. */
  readonly lock: ImageLock | undefined;
  readonly path: string;

  /** Why there is none, where the tool said so. */
  readonly reason?: string | undefined;
}

/** The locks of an app: handed over by the tool, or files. */
export interface Locks {
  /** The one file that the user named; undefined for a lock an environment. */
  readonly file: string | undefined;

  /** The environments that have a lock, in order. */
  environments(): string[];

  /** @throws LadingError where it cannot be read. */
  find(environment: string): FoundLock;
}

/** The locks that a stack may take its images from. */
export function findLocks(stack: Stack, app: AppImages): Locks {
  const setting = settingsOf(stack.node, app.surroundings).lock;
  const { document } = app;
  // A stage or stack that names a lock of its own has that one read.
  if (document && (setting === undefined || setting === app.lockOfApp)) {
    return {
      file: document.lockFile,
      environments: () =>
        [...document.states].filter(([, state]) => state.state === "ready").map(([environment]) => environment),
      find: (environment) => {
        const state = document.states.get(environment);
        return state?.state === "ready"
          ? { lock: state.lock, path: state.path }
          : { lock: undefined, path: "", reason: state?.reason };
      },
    };
  }

  const project = app.getProject(`Could not pin the images of stack ${stack.node.path}`);
  const location = LockLocation.of(project.folder, app.surroundings, setting);
  return {
    file: location.file,
    environments: () => location.environments(),
    find: (environment) => {
      const path = location.for(environment);
      return { lock: app.findLock(path), path };
    },
  };
}
