import { readFileSync } from "node:fs";
import { LadingError } from "../lading-error.js";
import type { ImageLock } from "./image-lock.js";
import { parseLock } from "./lock-reader.js";

/**
 * Reads a lock; undefined if it does not exist.
 * @throws LadingError if it cannot be read, or is not a lock of a known version.
 */
export function findLock(path: string): ImageLock | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      return undefined;
    }

    throw new LadingError(`Could not read the lock ${path}`, message, "Make sure that the file is readable.");
  }

  return parseLock(text, path);
}
