import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { type App, Stack, Stage } from "aws-cdk-lib";
import { FargateTaskDefinition } from "aws-cdk-lib/aws-ecs";
import { CodePipeline, CodePipelineSource, ShellStep } from "aws-cdk-lib/pipelines";
import { LadingImage } from "../src/index.js";
import { AssetApp } from "./asset-app.js";

const REGION = "ap-northeast-1";

suite("CDK Pipelines", () => {
  test("each stage has the images in the lock of its own account, and the pipeline publishes assets", () => {
    AssetApp.with((assets) => {
      assets.write("lading.json", {
        project: "storefront",
        images: { web: { context: "web" } },
        environments: {
          dev: { account: "111111111111", region: REGION },
          prod: { account: "222222222222", region: REGION },
        },
      });
      for (const [environment, digit] of [
        ["dev", "a"],
        ["prod", "b"],
      ] as const) {
        const image = {
          repository: "storefront/web",
          digest: `sha256:${digit.repeat(64)}`,
          fingerprint: digit.repeat(64),
        };
        const images = { web: { ...image, revision: null, platforms: ["linux/amd64"] } };
        assets.write(`.lading/${environment}.lock.json`, { lockVersion: 1, environment, images });
      }

      const app = assets.app(undefined, { "lading:stale": "ignore" });
      const pipeline = pipelineOf(app);
      const stages = { Dev: "111111111111", Prod: "222222222222" };
      for (const [id, account] of Object.entries(stages)) {
        const stage = new Stage(app, id, { env: { account, region: REGION } });
        const task = new FargateTaskDefinition(new Stack(stage, "Shop"), "Task");
        task.addContainer("web", { image: new LadingImage("web") });
        assets.addTask(new Stack(stage, "Jobs"), "worker");
        pipeline.addStage(stage);
      }

      const assembly = app.synth();

      for (const [id, digit] of [
        ["Dev", "a"],
        ["Prod", "b"],
      ] as const) {
        const [shop, jobs] = ["Shop", "Jobs"].map((stack) =>
          assembly.getNestedAssembly(`assembly-${id}`).stacks.find((each) => each.stackName === `${id}-${stack}`),
        );
        assert.ok(
          assets.image(`assembly-${id}/${shop?.id}`).endsWith(`/storefront/web@sha256:${digit.repeat(64)}"]]}`),
        );
        assert.match(assets.image(`assembly-${id}/${jobs?.id}`), /\/storefront\/assets:src-[0-9a-f]{40}"/);
      }

      const template = JSON.stringify(assembly.getStackByName("Pipeline").template);
      assert.ok(template.includes("cdk-assets"), "The pipeline publishes no asset.");
      assert.ok(template.includes("Prod-Shop"), "The pipeline deploys no stack.");
    });
  });
});

function pipelineOf(app: App): CodePipeline {
  const stack = new Stack(app, "Pipeline", { env: { account: "111111111111", region: REGION } });
  const connectionArn = `arn:aws:codestar-connections:${REGION}:111111111111:connection/1`;
  const input = CodePipelineSource.connection("storefront/app", "main", { connectionArn });
  const synth = new ShellStep("Synth", { input, commands: ["npx cdk synth"] });
  return new CodePipeline(stack, "Pipeline", { synth, crossAccountKeys: true });
}
