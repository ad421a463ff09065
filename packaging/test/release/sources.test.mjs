// Packs a library from a clone with a remote, as a release does, and looks for its URL: in the package, whose page
// shows it, and in the symbols, with which debuggers find the sources (SourceLink).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";

const root = resolve(import.meta.dirname, "../../..");

describe("A package from a clone with a remote", () => {
  let work, commit, version;
  const read = (file, name) => execFileSync("unzip", ["-p", join(work, "out", file), name], { maxBuffer: 1 << 27 });

  before(() => {
    work = mkdtempSync(join(tmpdir(), "lading-sources-"));
    const clone = join(work, "clone");
    execFileSync("git", ["clone", "--quiet", root, clone]);
    const git = (...args) => execFileSync("git", args, { cwd: clone, encoding: "utf8" }).trim();
    git("remote", "set-url", "origin", "https://github.com/example/lading.git");
    commit = git("rev-parse", "HEAD");
    version = execFileSync("bash", ["eng/version.sh"], { cwd: clone, encoding: "utf8" }).trim();
    const options = ["--configuration", "Release", "-p:RunAnalyzers=false", "-p:ContinuousIntegrationBuild=true", "--output", join(work, "out")];
    execFileSync("dotnet", ["pack", "src/Lading.Core", ...options, "--verbosity", "quiet"], {
      cwd: clone,
      env: { ...process.env, GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "example/lading", DOTNET_NOLOGO: "1" },
      stdio: "pipe",
    });
  });

  after(() => rmSync(work, { recursive: true, force: true }));

  it("names the repository and the commit", () => {
    const nuspec = read(`Lading.Core.${version}.nupkg`, "Lading.Core.nuspec").toString("utf8");
    const repository = /<repository [^>]*>/.exec(nuspec)?.[0] ?? nuspec;
    for (const wanted of ['type="git"', 'url="https://github.com/example/lading"', `commit="${commit}"`]) assert.ok(repository.includes(wanted), repository);
  });

  for (const framework of ["net8.0", "net10.0"]) {
    it(`lets debuggers find the sources, for ${framework}`, () => {
      const symbols = read(`Lading.Core.${version}.snupkg`, `lib/${framework}/Lading.Core.pdb`).toString("latin1");
      const link = /\{"documents":\{.*?\}\}/.exec(symbols);
      assert.ok(link, "the symbols name no sources");
      assert.deepEqual(JSON.parse(link[0]), { documents: { "/_/*": `https://raw.githubusercontent.com/example/lading/${commit}/*` } });
    });
  }
});
