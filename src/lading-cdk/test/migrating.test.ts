import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { App, type AppProps, Stack } from "aws-cdk-lib";
import { FargateTaskDefinition } from "aws-cdk-lib/aws-ecs";
import { LadingImage, LadingSynthesizer } from "../src/index.js";
import { AppImages } from "../src/synthesis/app-images.js";
import { AssetApp, DIGEST } from "./asset-app.js";

const PAGE = readFileSync("../../docs/migrating.md", "utf8");
const DEV = { account: "111111111111", region: "ap-northeast-1" };
const FRESH = { "lading:stale": "ignore" };

suite("docs/migrating.md, in TypeScript", () => {
  test("From assets, step 2: with the page's line, assets are pushed to a repository of the app", () => {
    AssetApp.with((assets) => {
      class Placed extends App {
        constructor(props: AppProps) {
          super({ ...props, outdir: join(assets.root, "cdk.out") });
          AppImages.place(this, { folder: assets.root, variables: {} });
        }
      }

      const app: App = new Function("App", "LadingSynthesizer", `${block("ts", "new App(")}return app;`)(
        Placed,
        LadingSynthesizer,
      );
      assets.addTask(new Stack(app, "Shop"));
      app.synth();

      assert.match(assets.image("Shop"), /\/storefront\/assets:src-[0-9a-f]{40}"/);
    });
  });

  test("From assets, step 4: with LadingImage in place of the asset, the digest in the template stays the same", () => {
    AssetApp.with((assets) => {
      for (const call of ['ContainerImage.fromAsset("src/web")', 'new LadingImage("web")']) {
        assert.ok(PAGE.includes(call), call);
      }

      const unpublished = assets.app();
      assets.addTask(new Stack(unpublished, "Shop", { env: DEV }));
      unpublished.synth();
      assets.lock(assets.fingerprint());
      const before = assets.app(undefined, FRESH);
      assets.addTask(new Stack(before, "Shop", { env: DEV }));
      before.synth();
      const asset = assets.image("Shop");
      const after = assets.app(undefined, FRESH);
      addImage(new Stack(after, "Shop", { env: DEV }));
      after.synth();

      assert.ok(asset.includes(DIGEST), asset);
      assert.equal(assets.image("Shop"), asset);
    });
  });

  for (const [section, alias] of [
    ["From the digest of `latest`", "latest"],
    ["From the commit hash as a tag", "{commit}"],
  ] as const) {
    test(`${section}, steps 1 and 3: LadingImage refers to the existing repository, by digest`, () => {
      AssetApp.with((assets) => {
        const settings = JSON.parse(`{${block("jsonc", '"aliases"', section)}}`);
        assert.deepEqual(settings.aliases, [alias]);
        assets.write("lading.json", { project: "shop", environments: { dev: DEV }, ...settings });
        assets.lock("a".repeat(64), settings.images.web.repository);

        const app = assets.app(undefined, FRESH);
        addImage(new Stack(app, "Shop", { env: DEV }));
        app.synth();

        assert.ok(assets.image("Shop").endsWith(`/legacy/web@${DIGEST}"]]}`), assets.image("Shop"));
      });
    });
  }
});

function addImage(stack: Stack): void {
  new FargateTaskDefinition(stack, "Task").addContainer("main", { image: new LadingImage("web") });
}

/** The first code block of a language that contains a text, after a heading. */
function block(language: string, text: string, heading = ""): string {
  const code = [...PAGE.slice(PAGE.indexOf(heading)).matchAll(/```(\w+)\n(.*?)```/gs)].find(
    (match) => match[1] === language && match[2]?.includes(text),
  );
  assert.ok(code?.[2], `The page has no block of ${language} with ${text}.`);
  return code[2];
}
