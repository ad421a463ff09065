import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import type { DockerImageAssetSource } from "aws-cdk-lib";
import { withUnknownProperties } from "../src/assets/unknown-properties.js";
import { AssetApp } from "./asset-app.js";

const KNOWN = "a".repeat(64);

suite("Asset properties of newer versions of aws-cdk-lib", () => {
  test("known properties, and those for how rather than what to build, do not change the identity", () => {
    const asset = { directoryName: "web", displayName: "Web", dockerCacheDisabled: true, sourceHash: "x" };
    assert.equal(withUnknownProperties(KNOWN, asset, "/"), KNOWN);
    assert.equal(withUnknownProperties(KNOWN, newer({ dockerShrink: undefined }), "/"), KNOWN);
  });

  test("other properties change it, the same way in every language", () => {
    const expected = createHash("sha256")
      .update(`${KNOWN}\nDockerLabels={"a":"é","b":"<1>"}\nDockerShrink=true`)
      .digest("hex");
    const asset = newer({ dockerShrink: true, dockerLabels: { b: "<1>", a: "é" } });
    assert.equal(withUnknownProperties(KNOWN, asset, "/"), expected);
  });

  test("of a build context that is a folder, relative to the asset's own, the content counts", () => {
    AssetApp.with((assets) => {
      const asset = newer({ dockerBuildContexts: { shared: "../worker", base: "docker-image://busybox" } });
      const before = withUnknownProperties(KNOWN, asset, `${assets.root}/web`);
      assert.equal(withUnknownProperties(KNOWN, asset, `${assets.root}/web`), before);
      assets.write("worker/page", "changed");
      assert.notEqual(withUnknownProperties(KNOWN, asset, `${assets.root}/web`), before);
    });
  });

  test("a value that cannot be serialized is an error with a remedy", () => {
    assert.throws(
      () => withUnknownProperties(KNOWN, newer({ dockerThings: [{}] }), "/"),
      /it sets dockerThings, which this version of Lading does not know. Update the lading-cdk package/,
    );
  });
});

function newer(properties: object): DockerImageAssetSource {
  return { sourceHash: "x", ...properties };
}
