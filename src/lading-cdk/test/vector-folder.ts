import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Expectation, Vector } from "./vector.js";

/** Writes the files of a vector to a folder of its own, and removes it afterwards. */
export function inFolderOf<T>(vector: Vector, act: (root: string) => T): T {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "lading-vector-")));
  try {
    for (const [path, content] of Object.entries(vector.files)) {
      write(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
    }

    if (vector.head) {
      const document = { appVersion: 1, project: "", images: {}, environments: {}, head: vector.head };
      writeProgram(root, `#!/bin/sh\n[ "$*" = "run --print" ] && cat <<'JSON'\n${JSON.stringify(document)}\nJSON\n`);
    }

    if (vector.identities) {
      // Stands in for the tool: it fails for other questions, or if the Dockerfile is not in the folder.
      const script = `#!${process.execPath}
const { existsSync, readFileSync } = require("node:fs");
const { isDeepStrictEqual } = require("node:util");
const { folder, ...asset } = JSON.parse(readFileSync(0, "utf8"));
const known = ${JSON.stringify(vector.identities)};
const found = known.find((each) => isDeepStrictEqual(each.asset, asset));
if (!existsSync(folder + "/" + asset.dockerfile) || !found || process.argv[2] !== "identify") throw new Error("asked " + JSON.stringify(asset));
process.stdout.write(JSON.stringify({ fingerprint: found.fingerprint }));
`;
      writeProgram(root, script);
    }

    return act(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

function writeProgram(root: string, script: string): void {
  const program = join(root, "node_modules", ".bin", "lading");
  write(program, script);
  chmodSync(program, 0o755);
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** An expectation with the actual folder and the names of this language. */
export function localized(expect: Expectation, root: string): Expectation {
  const text = JSON.stringify(expect)
    .replaceAll("{root}", root)
    .replaceAll("{package}", "lading-cdk")
    .replaceAll("{call:ForLambda}", "LadingImage.referenceFor(this, …, { for: ImageConsumer.LAMBDA, platform: … })")
    .replace(/\{member:(.)/g, (_, first: string) => `{member:${first.toLowerCase()}`)
    .replace(/\{member:(\w+)\}/g, "$1")
    .replace(/\{constant:(\w+)\}/g, (_, name: string) => name.replace(/(?<=[a-z])[A-Z]/g, "_$&").toUpperCase());
  return JSON.parse(text);
}
