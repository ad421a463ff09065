// Checks the workflows of this repository, those of docs/ci.md, and action.yml with GitHub's own language service:
// keys, expressions, and the names of steps, jobs, inputs and outputs. node --test tests/workflows/workflows.test.mjs
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { register } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import { describe, it } from "node:test";

const root = resolve(import.meta.dirname, "../..");
const reason = !existsSync(join(import.meta.dirname, "node_modules")) && "its packages are not installed: npm ci in tests/workflows";
if (reason && process.env.LADING_REQUIRE_SERVERS === "1") throw new Error(reason);

describe("GitHub's language service", { skip: reason }, async () => {
  if (reason) return;
  // The package imports its schemas as bundlers do; Node needs an import attribute for JSON.
  register(
    "data:text/javascript," +
      encodeURIComponent(
        "export const load = (url, context, next) => " +
          "next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context);",
      ),
  );
  const { validate } = await import("@actions/languageservice");
  const { TextDocument } = await import("vscode-languageserver-textdocument");

  /** The problems of a file, each with its line. */
  async function read(text, name) {
    const uri = name === "action.yml" ? "file:///action.yml" : `file:///.github/workflows/${name}`;
    const found = await validate(TextDocument.create(uri, "yaml", 1, text));
    return found.map(({ range, message }) => `${range.start.line + 1}: ${message}`);
  }

  const folder = (path) => readdirSync(join(root, path)).map((name) => join(root, path, name));
  for (const file of [...folder(".github/workflows"), ...folder("docs/ci/github"), join(root, "action.yml")]) {
    it(`finds nothing in ${relative(root, file)}`, async () => {
      assert.deepEqual(await read(readFileSync(file, "utf8"), basename(file)), []);
    });
  }

  // A language service that never finds anything would pass all of the above.
  const main = readFileSync(join(root, "docs/ci/github/main.yml"), "utf8");
  for (const [what, broken, message] of [
    ["an unknown key", main.replace("runs-on:", "run-on:"), /Unexpected value 'run-on'/],
    ["a missing job", main.replace(/^( +)runs-on:/m, "$1needs: [build]\n$&"), /'build' is not valid/],
    ["a missing step", main.replace(/\$\{\{ vars\.\w+ \}\}/, "${{ steps.role.outputs.arn }}"), /invalid: role/],
  ]) {
    it(`finds ${what}`, async () => {
      assert.notEqual(broken, main);
      // The language service caches results by name.
      assert.match((await read(broken, `${what}.yml`)).join("\n"), message);
    });
  }
});
