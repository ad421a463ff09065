import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { readVectors } from "./vector.js";
import { VectorApp } from "./vector-app.js";
import { inFolderOf, localized } from "./vector-folder.js";

const FOLDER = process.env.LADING_VECTORS ?? "../../conformance/vectors";

suite("conformance", () => {
  for (const { group, vector } of readVectors(FOLDER)) {
    test(`${group}/${vector.name}`, () => {
      inFolderOf(vector, (root) => {
        assert.deepEqual(new VectorApp(vector, root).outcome(), localized(vector.expect, root));
      });
    });
  }
});
