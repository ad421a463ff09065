// Compiles the library with its tests and runs them: `npm test`. `--current` uses the newest tested aws-cdk-lib;
// `--compiled` runs what was compiled before.
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const isCurrent = process.argv.includes("--current");
const compiled = isCurrent ? "current/out" : "out";

if (!process.argv.includes("--compiled")) {
  rmSync("out", { recursive: true, force: true });
  run("node_modules/typescript/bin/tsc", "-p", "tsconfig.test.json");
  writeFileSync("out/package.json", `{ "type": "commonjs" }\n`);
}

if (isCurrent) {
  // Modules are resolved from a file's own folder: there, the other aws-cdk-lib is found.
  rmSync(compiled, { recursive: true, force: true });
  cpSync("out", compiled, { recursive: true });
}

const tests = readdirSync(join(compiled, "test")).filter((file) => file.endsWith(".test.js"));
run("--test", ...tests.map((file) => join(compiled, "test", file)));

function run(...args) {
  // The template validation in new versions of aws-cdk-lib takes six times as long as these tests, and is not their subject.
  const env = { ...process.env, CDK_VALIDATION: "false" };
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit", env });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
