// Breaks the compiled library, one line at a time; a vector of the file in the last column must notice:
// `node test/mutants.mjs`, after `npm test`.
import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

// The text in the compiled code.
const SCOPE = "`$" + "{scope}/`";

const MUTANTS = [
  [
    "a rollback is not reported",
    "synthesis/stack-images.js",
    "warning !== undefined",
    "warning === null",
    "handed-over",
  ],
  [
    "the lock's digest is not the one rendered",
    "synthesis/locked-images.js",
    "pin: image.digest",
    'pin: image.digest.replace("a", "b")',
    "digests",
  ],
  ["a platform is never compared", "synthesis/locked-images.js", "!platforms.some", "platforms.some", "failures"],
  [
    "staleness is reversed",
    "synthesis/locked-images.js",
    "image.fingerprint === atHead?.fingerprint",
    "image.fingerprint !== atHead?.fingerprint",
    "head",
  ],
  [
    "regions do not count",
    "core/configuration/stack-environment.js",
    "return this.isKnown &&",
    "return true ||",
    "environments",
  ],
  [
    "a name does not take precedence over the account",
    "synthesis/environment-choice.js",
    "if (name !== undefined)",
    "if (name === null)",
    "environments",
  ],
  [
    "a stack must match every pattern",
    "core/configuration/stack-environments.js",
    "each.stacks.some(",
    "each.stacks.every(",
    "environments",
  ],
  [
    "the registry of another account is forgotten",
    "synthesis/target-registry.js",
    "account: registry,",
    "account: environment.account,",
    "registries",
  ],
  [
    "the literal host of an ECR is lost",
    "synthesis/target-registry.js",
    "return { host: registry, account",
    "return { account",
    "registries",
  ],
  [
    "the execution role may not pull from a literal host",
    "synthesis/image-rendering.js",
    "repository.grantPull(",
    "(() => {})(",
    "registries",
  ],
  ["the tag is cut too short", "synthesis/tagged-images.js", "const TAG_DIGITS = 40", "const TAG_DIGITS = 39", "head"],
  [
    "an alias with a branch is accepted",
    "core/configuration/alias-tags.js",
    '&& !alias.includes("{branch}"))',
    ")",
    "head",
  ],
  [
    "fixed digests follow the environment",
    "synthesis/stack-pins.js",
    "if (isFixed(stack, app))",
    "if (false)",
    "fixed",
  ],
  ["the record does not wait for services", "deployment-record.js", "this.node.addDependency(", "[].push(", "records"],
  [
    "a record outgrows its parameter",
    "core/records/stack-record.js",
    "exports.MOST_CHARACTERS = 4096",
    "exports.MOST_CHARACTERS = 8192",
    "records",
  ],
  [
    "a record is not sorted by bytes",
    "core/records/record-writer.js",
    "[...image.usedBy].sort(byte_order_js_1.compareBytes).map",
    "[...image.usedBy].map",
    "records",
  ],
  ["characters are not escaped", "core/records/record-writer.js", ".replace(ESCAPED,", '.replace("",', "records"],
  [
    "nested stacks are missing in paths",
    "synthesis/stack-tree.js",
    "return parent && resource ?",
    "return false ?",
    "records",
  ],
  ["a scope is switched off by a prefix of its name", "deployment-record.js", SCOPE, "scope", "records"],
  ["consistency is disabled", "synthesis/recorded-uses.js", '"enabled"', '"disabled"', "records"],
  [
    "a warning is an error",
    "synthesis/staleness.js",
    'this.consequence === "error"',
    'this.consequence !== "error"',
    "head",
  ],
  ["a lock is not read strictly", "core/locks/lock-reader.js", "is unknown here", "is here", "failures"],
  ["an image held back is not reported as such", "synthesis/locked-images.js", "atHead.isHeld", "false", "head"],
  ["the tool's findings are ignored", "synthesis/staleness.js", "this.handed\n", "null\n", "handed-over"],
  [
    "services pull from anywhere",
    "synthesis/image-requirements.js",
    "kind === undefined || !registries.includes(kind)",
    "false",
    "services",
  ],
  ["functions accept an index", "synthesis/function-images.js", "index !== undefined", "index === null", "services"],
  [
    "a nested stack has a name of its own",
    "synthesis/stack-identity.js",
    "return parent ?",
    "return false ?",
    "environments",
  ],
  ["rules may delete what runs", "image-repository.js", "rule.maxImageCount !== undefined", "false", "repositories"],
  ["any tag is allowed", "synthesis/mutability.js", "isCommitTag(tag, app)", "true", "mutable"],
  [
    "a lock of another environment is accepted",
    "synthesis/stack-pins.js",
    "lock.environment !== choice.lock",
    "false",
    "failures",
  ],
  ["a published asset is built again", "assets/asset-images.js", "published: image ?", "published: false ?", "assets"],
  [
    "the platform of an asset is left to the machine",
    "assets/asset-images.js",
    "TAG_DIGITS), platform }",
    "TAG_DIGITS) }",
    "assets",
  ],
  [
    "an asset uses an image in another account",
    "assets/asset-images.js",
    "const images = isOwn ?",
    "const images = true ?",
    "assets",
  ],
];

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const FOLDER = "out-mutant";
const CONFORMANCE = "../../conformance/vectors";
rmSync(FOLDER, { recursive: true, force: true });
cpSync("out", FOLDER, { recursive: true });
const load = createRequire(join(process.cwd(), FOLDER, "test", "mutants.js"));
const survivors = MUTANTS.filter((mutant) => !report(mutant));
rmSync(FOLDER, { recursive: true, force: true });
console.log(`# pass ${MUTANTS.length - survivors.length}\n# fail ${survivors.length}\n# skipped 0`);
process.exit(survivors.length === 0 ? 0 : 1);

/** Tries a mutant, and prints the outcome: true if the vectors noticed. */
function report([what, file, from, to, group]) {
  const path = join(FOLDER, "src", file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) {
    console.log(`not ok  ${what}: ${file} does not say ${from}`);
    return false;
  }

  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  let noticed;
  try {
    noticed = firstToNotice(group);
  } catch (error) {
    console.log(`not ok  ${what}: it does not load, which does not count as noticed: ${error.message}`);
    return false;
  } finally {
    writeFileSync(path, text);
  }

  console.log(noticed === undefined ? `not ok  ${what}` : `ok      ${what}: ${noticed}`);
  return noticed !== undefined;
}

/** The first vector of a file that fails. aws-cdk-lib stays loaded: it takes longer than everything else. */
function firstToNotice(group) {
  for (const each of Object.keys(load.cache)) {
    if (each.includes(`${sep}${FOLDER}${sep}`)) {
      delete load.cache[each];
    }
  }

  const { readVectors } = load("./vector.js");
  const { VectorApp } = load("./vector-app.js");
  const { inFolderOf, localized } = load("./vector-folder.js");
  const vectors = readVectors(CONFORMANCE).filter((each) => each.group === group);
  const found = vectors.find(({ vector }) => {
    try {
      inFolderOf(vector, (root) => {
        assert.deepEqual(new VectorApp(vector, root).outcome(), localized(vector.expect, root));
      });
      return false;
    } catch {
      return true;
    }
  });
  return found && `${found.group}/${found.vector.name}`;
}
