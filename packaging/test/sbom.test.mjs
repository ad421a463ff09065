// The list of a release's components: node --test packaging/test/sbom.test.mjs
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, it } from "node:test";

const root = resolve(import.meta.dirname, "../..");

describe("The SBOM", () => {
  const make = (epoch) => execFileSync(process.execPath, ["eng/sbom.mjs", "1.2.3", "10.0.0"], { cwd: root, encoding: "utf8", env: { ...process.env, SOURCE_DATE_EPOCH: epoch } });

  it("is reproducible, with the date of the commit", () => {
    const sbom = make("1767225600");
    assert.equal(make("1767225600"), sbom);
    assert.equal(JSON.parse(sbom).creationInfo.created, "2026-01-01T00:00:00Z");
  });
});
