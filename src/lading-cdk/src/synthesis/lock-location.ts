import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { compareBytes } from "../core/byte-order.js";
import { environmentOfLock, LOCK_FOLDER, lockIn } from "../core/locks/lock-path.js";
import type { Surroundings } from "./surroundings.js";

/** The location of locks: a folder with one for each environment, or a single file for any environment. */
export class LockLocation {
  private constructor(
    /** Undefined to use the folder. */
    readonly file: string | undefined,
    private readonly folder: string,
  ) {}

  /**
   * @param root - The folder of `lading.json`.
   * @param surroundings - Their folder is the base of a relative path.
   * @param setting - The user's location: a file, which ends in `.json`, or a folder; undefined for `.lading`.
   */
  static of(root: string, surroundings: Surroundings, setting: string | undefined): LockLocation {
    if (setting === undefined) {
      return new LockLocation(undefined, join(root, LOCK_FOLDER));
    }

    const path = resolve(surroundings.folder, setting);
    return setting.toLowerCase().endsWith(".json")
      ? new LockLocation(path, dirname(path))
      : new LockLocation(undefined, path);
  }

  /** The lock of an environment. */
  for(environment: string): string {
    return this.file ?? lockIn(this.folder, environment);
  }

  /** The environments that have a lock in the folder, in order. */
  environments(): string[] {
    if (this.file !== undefined) {
      return [];
    }

    try {
      return readdirSync(this.folder)
        .flatMap((file) => environmentOfLock(file) ?? [])
        .sort(compareBytes);
    } catch {
      // There is no such folder.
      return [];
    }
  }
}
