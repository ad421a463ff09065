// Compiles the library twice, as ES modules and as CommonJS: `npm run build`.
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
for (const [folder, type] of [
  ["esm", "module"],
  ["cjs", "commonjs"],
]) {
  compile("tsconfig.json", type, "--outDir", `dist/${folder}`);
  writeFileSync(`dist/${folder}/package.json`, `{ "type": "${type}" }\n`);
}

function compile(project, type, ...options) {
  // package.json has no "type", so 'nodenext' would always mean CommonJS: options override it.
  const compiler = "node_modules/typescript/bin/tsc";
  const form =
    type === "module"
      ? ["--module", "es2022", "--moduleResolution", "bundler"]
      : ["--module", "commonjs", "--moduleResolution", "node10", "--ignoreDeprecations", "5.0"];
  const { status } = spawnSync(process.execPath, [compiler, "-p", project, ...form, ...options], { stdio: "inherit" });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
