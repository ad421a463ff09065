import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { Stack } from "aws-cdk-lib";
import { AssetApp, errorsOf } from "./asset-app.js";

suite("LadingSynthesizer, if something is missing", () => {
  for (const { what, prepare, says } of [
    {
      what: "the tool is missing",
      prepare: (assets: AssetApp) => assets.removeTool(),
      says: /there is no program lading, neither in node_modules\/\.bin nor on the PATH.*npm install --save-dev lading/s,
    },
    {
      what: "the tool fails",
      prepare: (assets: AssetApp) => assets.answer("console.error('Could not read Dockerfile'); process.exit(1);"),
      says: /lading identify failed: Could not read Dockerfile/,
    },
    {
      what: "the tool writes something else",
      prepare: (assets: AssetApp) => assets.answer("console.log('hello');"),
      says: /wrote no JSON/,
    },
    {
      what: "the tool returns no identity",
      prepare: (assets: AssetApp) => assets.answer("console.log('{}');"),
      says: /'lading identify' named none.*Update the tool/s,
    },
  ]) {
    test(`if ${what}, the stack has an error, and is not deployed`, () => {
      AssetApp.with((assets) => {
        prepare(assets);
        const stack = new Stack(assets.app(), "Shop");
        assets.addTask(stack);

        const [error, ...others] = errorsOf(stack);
        assert.match(error ?? "", /Could not compute the identity of an image asset/);
        assert.match(error ?? "", says);
        assert.deepEqual(others, []);
      });
    });
  }

  test("without a repository name, the stack has an error with the remedy", () => {
    AssetApp.with((assets) => {
      rmSync(join(assets.root, "lading.json"));
      const stack = new Stack(assets.app(), "Shop");
      assets.addTask(stack);

      const [error, ...others] = errorsOf(stack);
      assert.match(error ?? "", /Could not find a repository for the image assets of stack Shop/);
      assert.match(error ?? "", /Give LadingSynthesizer a repository, or run 'lading init'/);
      assert.deepEqual(others, []);
    });
  });
});
