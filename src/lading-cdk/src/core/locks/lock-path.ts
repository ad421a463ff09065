import { basename, join } from "node:path";

/** The folder beside `lading.json` that holds what Lading derives; git ignores it. */
export const LOCK_FOLDER = ".lading";

const SUFFIX = ".lock.json";

/** The lock of an environment in a folder that holds locks. */
export function lockIn(folder: string, environment: string): string {
  return join(folder, environment + SUFFIX);
}

/** The environment that a lock file's name speaks of; undefined if the file has a name of the user's own. */
export function environmentOfLock(path: string): string | undefined {
  const name = basename(path);
  return name.length > SUFFIX.length && name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : undefined;
}
