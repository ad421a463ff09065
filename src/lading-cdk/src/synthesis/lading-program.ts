import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { LadingError } from "../core/lading-error.js";
import type { Surroundings } from "./surroundings.js";

const NAMES = process.platform === "win32" ? ["lading.cmd", "lading.exe"] : ["lading"];
const MOST_BYTES = 64 * 1024 * 1024;

/** Ample, since the tool asks only git, and no network. */
const MOST_MILLISECONDS = 120_000;

/**
 * Runs the `lading` that is installed beside the app: in `node_modules/.bin` of its folder or of one above, or else on
 * the PATH.
 * @param surroundings - The folder and variables of the app.
 * @param attempted - What the answer is for, as the start of a sentence.
 * @param question - The arguments and the standard input.
 * @returns The JSON value that it writes.
 * @throws LadingError if it is not found, fails, or writes something else.
 */
export function askLading(
  surroundings: Surroundings,
  attempted: string,
  question: { readonly arguments: readonly string[]; readonly input?: string },
): unknown {
  const program = findProgram(surroundings);
  if (program === undefined) {
    throw new LadingError(
      attempted,
      "there is no program lading, neither in node_modules/.bin nor on the PATH",
      "Install it beside the app: npm install --save-dev lading.",
    );
  }

  const answer = spawnSync(program, question.arguments, {
    cwd: surroundings.folder,
    env: surroundings.variables,
    input: question.input ?? "",
    encoding: "utf8",
    maxBuffer: MOST_BYTES,
    timeout: MOST_MILLISECONDS,
    shell: program.endsWith(".cmd"),
  });
  if (answer.error || answer.status !== 0) {
    const said = answer.error?.message ?? (answer.stderr.trim() || `it ended with exit code ${answer.status}`);
    throw new LadingError(attempted, `${[program, ...question.arguments].join(" ")} failed: ${said}`);
  }

  try {
    return JSON.parse(answer.stdout);
  } catch {
    throw new LadingError(
      attempted,
      `${program} wrote no JSON`,
      "See that it is the Lading that belongs to this version of lading-cdk.",
    );
  }
}

function findProgram(surroundings: Surroundings): string | undefined {
  const folders: string[] = [];
  for (let at = surroundings.folder; ; at = dirname(at)) {
    folders.push(join(at, "node_modules", ".bin"));
    if (dirname(at) === at) {
      break;
    }
  }

  const path = surroundings.variables.PATH ?? surroundings.variables.Path ?? "";
  return [...folders, ...path.split(delimiter).filter((folder) => folder.length > 0)]
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((candidate) => existsSync(candidate));
}
