// Breaks the compiled library, one line at a time, and demands that the vectors notice: `node test/mutants.mjs`, after `npm test`.
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// As the compiled code says it.
const SCOPE = "`$" + "{scope}/`";

const MUTANTS = [
  [
    "the lock's digest is not the one rendered",
    "synthesis/locked-images.js",
    "pin: image.digest",
    'pin: image.digest.replace("a", "b")',
  ],
  ["a platform is never compared", "synthesis/locked-images.js", "!platforms.some", "platforms.some"],
  [
    "staleness is turned round",
    "synthesis/locked-images.js",
    "image.fingerprint === atHead",
    "image.fingerprint !== atHead",
  ],
  ["regions do not count", "core/configuration/stack-environment.js", "return this.isKnown &&", "return true ||"],
  [
    "a name does not count before the account",
    "synthesis/environment-choice.js",
    "if (name !== undefined)",
    "if (name === null)",
  ],
  [
    "stacks of an environment are not asked",
    "core/configuration/stack-environments.js",
    "each.stacks.some(",
    "each.stacks.every(",
  ],
  [
    "the registry of another account is forgotten",
    "synthesis/target-registry.js",
    "account: registry,",
    "account: environment.account,",
  ],
  [
    "the host of an ECR is not kept",
    "synthesis/target-registry.js",
    "return { host: registry, account",
    "return { account",
  ],
  ["the execution role may not pull by a host", "synthesis/image-rendering.js", "repository.grantPull(", "(() => {})("],
  ["the tag is cut too short", "synthesis/tagged-images.js", "const TAG_DIGITS = 40", "const TAG_DIGITS = 39"],
  ["an alias with a branch is taken", "core/configuration/alias-tags.js", '&& !alias.includes("{branch}"))', ")"],
  ["fixed digests follow the environment", "synthesis/stack-pins.js", "if (isFixed(stack, app))", "if (false)"],
  ["the record does not wait", "deployment-record.js", "this.node.addDependency(", "void ("],
  [
    "a record outgrows its parameter",
    "core/records/stack-record.js",
    "exports.MOST_CHARACTERS = 4096",
    "exports.MOST_CHARACTERS = 8192",
  ],
  [
    "a record is not sorted by bytes",
    "core/records/record-writer.js",
    "[...image.usedBy].sort(byte_order_js_1.compareBytes).map",
    "[...image.usedBy].map",
  ],
  ["characters stay as they are", "core/records/record-writer.js", ".replace(ESCAPED,", '.replace("",'],
  ["nested stacks are left out of paths", "synthesis/stack-tree.js", "return parent && resource ?", "return false ?"],
  ["a scope is switched off by the beginning of its name", "deployment-record.js", SCOPE, "scope"],
  ["consistency is left to ECS", "synthesis/recorded-uses.js", '"enabled"', '"disabled"'],
  ["a warning is an error", "synthesis/staleness.js", 'this.consequence === "error"', 'this.consequence !== "error"'],
  ["a lock is not read strictly", "core/locks/lock-reader.js", "is unknown here", "is here"],
  ["a lock of another environment is taken", "synthesis/stack-pins.js", "lock.environment !== choice.lock", "false"],
];

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const FOLDER = "out-mutant";
let survivors = 0;
for (const [what, file, from, to] of MUTANTS) {
  rmSync(FOLDER, { recursive: true, force: true });
  cpSync("out", FOLDER, { recursive: true });
  const path = join(FOLDER, "src", file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) {
    console.log(`not ok  ${what}: ${file} does not say ${from}`);
    survivors++;
    continue;
  }

  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  const { status } = spawnSync(process.execPath, ["--test", `${FOLDER}/test/conformance.test.js`], { stdio: "ignore" });
  console.log(`${status === 0 ? "not ok" : "ok    "}  ${what}`);
  survivors += status === 0 ? 1 : 0;
}

rmSync(FOLDER, { recursive: true, force: true });
console.log(`# pass ${MUTANTS.length - survivors}\n# fail ${survivors}\n# skipped 0`);
process.exit(survivors === 0 ? 0 : 1);
