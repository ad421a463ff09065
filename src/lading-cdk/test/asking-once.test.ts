import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Stack } from "aws-cdk-lib";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import { FargateTaskDefinition } from "aws-cdk-lib/aws-ecs";
import { LadingImage } from "../src/index.js";
import { AssetApp } from "./asset-app.js";

const ENV = { account: "111111111111", region: "ap-northeast-1" };

// Stands in for the tool, in an app that cdk started without it: logs its arguments, and answers nothing.
const RUN = `
const { appendFileSync } = require("node:fs");
appendFileSync(require("node:path").join(__dirname, "asked"), JSON.stringify(process.argv.slice(2)) + "\\n");
`;

suite("An app that cdk starts without lading", () => {
  test("asks the tool once, however many stacks and images there are", () => {
    AssetApp.with((assets) => {
      assets.lock("a".repeat(64));
      assets.answer(RUN);
      const stacks = synthesize(assets);
      assert.deepEqual(assets.asked, [["run", "--print"]]);
      for (const stack of stacks) {
        // The tool wrote no JSON: each stack reports that, and is synthesized.
        Annotations.fromStack(stack).hasWarning("*", Match.stringLikeRegexp("Could not compare the lock with HEAD"));
      }
    });
  });

  test("asks nothing if there is nothing to compare", () => {
    AssetApp.with((assets) => {
      assets.answer(RUN);
      assets.app().synth();
      assert.deepEqual(assets.asked, []);
    });
  });
});

function synthesize(assets: AssetApp): Stack[] {
  const app = assets.app();
  const stacks = ["One", "Two", "Three"].map((name) => new Stack(app, name, { env: ENV }));
  for (const stack of stacks) {
    for (const task of ["Web", "Job"]) {
      new FargateTaskDefinition(stack, task).addContainer("main", { image: new LadingImage("web") });
    }
  }

  app.synth();
  return stacks;
}
