import { basename, join } from "node:path";

/** The folder beside `lading.json` for generated files; git ignores it. */
export const LOCK_FOLDER = ".lading";

const SUFFIX = ".lock.json";

/** The lock of an environment in a folder that holds locks. */
export function lockIn(folder: string, environment: string): string {
  return join(folder, environment + SUFFIX);
}

/** The environment in a lock file's name; undefined if the file has another kind of name. */
export function environmentOfLock(path: string): string | undefined {
  const name = basename(path);
  return name.length > SUFFIX.length && name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : undefined;
}
