import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { type App, DefaultStackSynthesizer, NestedStack, Stack, Stage } from "aws-cdk-lib";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import { LadingImages, LadingSynthesizer } from "../src/index.js";
import { AssetApp, DIGEST, errorsOf } from "./asset-app.js";

const DEV = { account: "111111111111", region: "ap-northeast-1" };
const CONSTANT = `@sha256:${"0".repeat(64)}`;

suite("LadingSynthesizer", () => {
  test("an asset is pushed to a repository of the app, with its identity as the tag", () => {
    AssetApp.with((assets) => {
      const app = assets.app();
      assets.addTask(new Stack(app, "Shop"));
      app.synth();

      const tag = `src-${assets.fingerprint().slice(0, 40)}`;
      assert.ok(assets.image("Shop").endsWith(`/storefront/assets:${tag}"}`), assets.image("Shop"));
      const [asset] = Object.values(assets.manifest("Shop").dockerImages ?? {});
      assert.equal(asset?.source.platform, "linux/amd64");
      const [destination] = Object.values(asset?.destinations ?? {});
      assert.equal(destination?.repositoryName, "storefront/assets");
      assert.equal(destination?.imageTag, tag);
      assert.equal(destination?.assumeRoleArn, undefined);
    });
  });

  test("an asset with the identity of a published image is that image, and is not built", () => {
    AssetApp.with((assets) => {
      const app = assets.app();
      assets.addTask(new Stack(app, "Shop"));
      app.synth();
      assets.lock(assets.fingerprint());

      const again = assets.app();
      assets.addTask(new Stack(again, "Shop", { env: DEV }));
      again.synth();

      assert.ok(assets.image("Shop").endsWith(`/storefront/web@${DIGEST}"]]}`), assets.image("Shop"));
      assert.deepEqual(assets.manifest("Shop").dockerImages ?? {}, {});
    });
  });

  for (const { what, env, fingerprint } of [
    { what: "is not in the lock", env: DEV, fingerprint: () => "0".repeat(64) },
    { what: "is in another account", env: { ...DEV, account: "222222222222" }, fingerprint: undefined },
  ]) {
    test(`if its image ${what}, an asset is built`, () => {
      AssetApp.with((assets) => {
        const app = assets.app();
        assets.addTask(new Stack(app, "Shop"));
        app.synth();
        assets.lock(fingerprint?.() ?? assets.fingerprint());

        const again = assets.app(new LadingSynthesizer(), { "lading:env": "dev" });
        assets.addTask(new Stack(again, "Shop", { env }));
        again.synth();

        assert.match(assets.image("Shop"), /\/storefront\/assets:src-[0-9a-f]{40}"/);
        assert.equal(Object.keys(assets.manifest("Shop").dockerImages ?? {}).length, 1);
      });
    });
  }

  test("the tool gets every option of an asset", () => {
    AssetApp.with((assets) => {
      assets.write("web/Own.dockerfile", "FROM scratch AS final\n");
      const app = assets.app();
      assets.addTask(new Stack(app, "Shop"), "web", {
        file: "Own.dockerfile",
        target: "final",
        buildArgs: { KIND: "b" },
        buildSecrets: { token: "env=TOKEN" },
      });
      app.synth();

      const [{ folder, ...rest } = { folder: "" }, ...others] = assets.asked;
      assert.ok(folder.startsWith(join(assets.root, "cdk.out", "asset.")), folder);
      assert.deepEqual(rest, {
        dockerfile: "Own.dockerfile",
        target: "final",
        args: { KIND: "b" },
        secrets: ["token"],
        ssh: null,
        platform: "linux/amd64",
      });
      assert.deepEqual(others, []);
    });
  });

  test("repository, role and bootstrap can be configured", () => {
    AssetApp.with((assets) => {
      const publishingRoleArn = "arn:aws:iam::111111111111:role/publisher";
      const app = assets.app(
        new LadingSynthesizer({ repository: "shop/images", publishingRoleArn, bootstrap: { qualifier: "ours" } }),
      );
      assets.addTask(new Stack(app, "Shop"));
      app.synth();

      assert.match(assets.image("Shop"), /\/shop\/images:src-/);
      const { files, dockerImages } = assets.manifest("Shop");
      assert.ok(JSON.stringify(dockerImages).includes(publishingRoleArn));
      assert.ok(JSON.stringify(files).includes("cdk-ours-file-publishing-role"));
    });
  });

  test("assets of stages, stages in stages and nested stacks are in their own assemblies", () => {
    AssetApp.with((assets) => {
      const app = assets.app();
      const outer = new Stage(app, "Prod");
      assets.addTask(new NestedStack(new Stack(outer, "Shop"), "Inner"));
      assets.addTask(new Stack(new Stage(outer, "Tokyo"), "Jobs"));
      app.synth();

      const tag = `src-${assets.fingerprint().slice(0, 40)}`;
      for (const [stage, id] of [
        ["Prod", "Prod/Shop"],
        ["Prod-Tokyo", "Prod/Tokyo/Jobs"],
      ] as const) {
        const name = stackAt(app, id).artifactId;
        const folder = stage === "Prod" ? "assembly-Prod" : `assembly-Prod/assembly-${stage}`;
        const text = JSON.stringify(assets.manifest(`${folder}/${name}`).dockerImages);
        assert.ok(text.includes(tag), `${id}: ${text}`);
        assert.ok(text.includes("storefront/assets"), `${id}: ${text}`);
      }
    });
  });

  test("one synthesizer serves all stacks of an app", () => {
    AssetApp.with((assets) => {
      const app = assets.app();
      assets.addTask(new Stack(app, "One"), "web");
      assets.addTask(new Stack(app, "Two"), "worker");
      app.synth();

      const tags = ["One", "Two"].map((name) => /src-[0-9a-f]{40}/.exec(assets.image(name))?.[0]);
      assert.notEqual(tags[0], tags[1]);
      for (const [i, name] of ["One", "Two"].entries()) {
        assert.ok(JSON.stringify(assets.manifest(name).dockerImages).includes(tags[i] ?? "?"));
      }
    });
  });

  test("file assets, and the properties of the stack, are the same as with CDK's own synthesizer", () => {
    AssetApp.with((assets) => {
      const [own, cdk] = [new LadingSynthesizer(), new DefaultStackSynthesizer()].map((synthesizer) => {
        const app = assets.app(synthesizer);
        const stack = new Stack(app, "Shop", { env: DEV });
        new Asset(stack, "File", { path: join(assets.root, "web", "page") });
        app.synth();
        const assembly = JSON.parse(readFileSync(join(assets.root, "cdk.out", "manifest.json"), "utf8"));
        return { manifest: assets.manifest("Shop"), properties: assembly.artifacts.Shop.properties };
      });

      assert.equal(Object.keys(own?.manifest.files ?? {}).length, 2);
      assert.deepEqual(own, cdk);
      assert.deepEqual(assets.asked, []);
    });
  });

  for (const { what, context } of [
    { what: "in code", context: {} },
    { what: "in the context", context: { "lading:fixed": true } },
  ]) {
    test(`with digests fixed ${what}, the tool is not asked, and changes to files do not show`, () => {
      AssetApp.with((assets) => {
        assets.removeTool();
        const images = ["web", "worker"].map((folder) => {
          const app = assets.app(new LadingSynthesizer(), context);
          if (!("lading:fixed" in context)) {
            LadingImages.useFixedDigests(app);
          }

          const stack = new Stack(app, "Shop");
          assets.addTask(stack, folder);
          assert.deepEqual(errorsOf(stack), []);
          assert.deepEqual(assets.manifest("Shop").dockerImages ?? {}, {});
          return assets.image("Shop");
        });

        assert.ok(images[0]?.includes(`/storefront/assets${CONSTANT}`), images[0]);
        assert.equal(images[0], images[1]);
      });
    });
  }

  test("it cannot be used before it is bound to a stack", () => {
    assert.throws(() => new LadingSynthesizer().addFileAsset({ sourceHash: "x" }), /bound to no stack/);
  });
});

function stackAt(app: App, path: string): Stack {
  return path.split("/").reduce((at, id) => at.node.findChild(id) as Stack, app as unknown as Stack);
}
