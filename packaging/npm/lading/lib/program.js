"use strict";
const { existsSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { packages, keyOf } = require("./platform");

/** Why the program cannot be started, as one message for people. */
class MissingProgramError extends Error {}

/**
 * Finds the program for this machine: at LADING_BINARY, or else in the package for this platform.
 * @returns {string} the path of the program
 * @throws {MissingProgramError} if there is none, with the remedy
 */
function find(key = keyOf(), resolve = require.resolve, variables = process.env) {
  if (variables.LADING_BINARY) {
    if (existsSync(variables.LADING_BINARY)) return variables.LADING_BINARY;
    throw new MissingProgramError(
      `Could not start lading: LADING_BINARY names ${variables.LADING_BINARY}, which does not exist.\n` +
        "Unset it, or set it to the path of the program.",
    );
  }

  const wanted = packages[key];
  if (!wanted) {
    throw new MissingProgramError(
      `Could not start lading: there is no program for ${key}. There are: ${Object.keys(packages).join(", ")}.\n` +
        "With the .NET SDK 10, the tool runs everywhere: dotnet tool install Lading",
    );
  }

  const file = key.startsWith("win32") ? "lading.exe" : "lading";
  const folder = folderOf(wanted, resolve);
  if (folder && existsSync(join(folder, file))) return join(folder, file);

  const others = Object.values(packages).filter((other) => other !== wanted && folderOf(other, resolve));
  throw new MissingProgramError(
    others.length > 0
      ? `Could not start lading: ${others.join(" and ")} is installed, but this machine (${key}) needs ${wanted}.\n` +
          "node_modules was installed on another kind of machine, and copied here or mounted. Install it here: npm ci"
      : `Could not start lading: its package ${wanted} is not installed.\n` +
          "npm omits it with --omit=optional, and if package-lock.json was written on another platform\n" +
          "(npm/cli#4828). Install with optional dependencies: npm ci --include=optional\n" +
          "If it is still missing, recreate the lock file: remove node_modules and package-lock.json, then npm install",
  );
}

function folderOf(name, resolve) {
  try {
    return dirname(resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

module.exports = { find, MissingProgramError };
