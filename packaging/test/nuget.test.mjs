// Installs the .NET tool as a user does, with a folder as feed: node --test packaging/test/nuget.test.mjs
// The program for this machine is artifacts/program (./build pack); the fallback is what ./build compiled.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { run } from "./run.mjs";

const root = resolve(import.meta.dirname, "../..");
const program = join(root, "artifacts/program");
const built = ["Debug", "Release"].map((kind) => join(root, `src/Lading.Cli/bin/${kind}/net10.0`)).find((folder) => existsSync(join(folder, "lading.dll")));
const reason =
  process.platform !== "linux"
    ? "the platform of artifacts/program is known only on Linux"
    : !existsSync(join(program, "lading"))
      ? "there is no artifacts/program: ./build pack makes it"
      : !built && "there is no compiled src/Lading.Cli: ./build makes it";
if (reason && process.env.LADING_REQUIRE_SERVERS === "1") throw new Error(reason);

describe("Installing from NuGet", { skip: reason }, () => {
  let work;
  let version;
  let installed;

  before(async () => {
    work = mkdtempSync(join(tmpdir(), "lading-nuget-"));
    version = execFileSync("bash", [join(root, "eng/version.sh")], { encoding: "utf8" }).trim();
    const all = join(work, "all");
    mkdirSync(all);
    symlinkSync(program, join(all, `linux-${process.arch}`));
    cpSync(built, join(all, "any"), { recursive: true, filter: (path) => !/\.(pdb|xml)$/.test(path) });
    execFileSync("dotnet", ["build", join(root, "packaging/nuget/old-sdk"), "-c", "Release", "-o", join(all, "old-sdk"), "-v", "quiet"], { stdio: "pipe" });
    pack(all, "feed");
    installed = project("tool");
    await succeeds(installed.dotnet("tool", "install", "Lading", "--tool-path", "tools"));
  });

  after(() => rmSync(work, { recursive: true, force: true }));

  function pack(programs, feed) {
    execFileSync("bash", [join(root, "eng/nuget-tool.sh"), programs, join(work, feed)], { stdio: "pipe" });
  }

  /** A new folder with one feed, and dotnet with packages and settings of its own. */
  function project(name, feed = "feed") {
    const folder = join(work, name);
    mkdirSync(folder);
    writeFileSync(
      join(folder, "nuget.config"),
      `<configuration><packageSources><clear /><add key="feed" value="${join(work, feed)}" /></packageSources></configuration>\n`,
    );
    const env = {
      ...process.env,
      NUGET_PACKAGES: join(folder, "packages"),
      DOTNET_CLI_HOME: join(folder, "home"),
      DOTNET_NOLOGO: "1",
      DOTNET_CLI_TELEMETRY_OPTOUT: "1",
      DOTNET_SKIP_FIRST_TIME_EXPERIENCE: "1",
    };
    const start = (command) => (...args) => run(command, args, folder, { env });
    return { folder, dotnet: start("dotnet"), start };
  }

  async function succeeds(running) {
    const ended = await running;
    assert.equal(ended.code, 0, ended.out + ended.err);
    return ended;
  }

  it("installs the program for this machine, which needs no runtime", async () => {
    const tool = join(installed.folder, "tools/lading");
    const start = installed.start(tool);
    assert.match((await succeeds(start("--version"))).out, new RegExp(`^${version.replaceAll(".", "\\.")}`));
    assert.deepEqual(readFileSync(tool), readFileSync(join(program, "lading")), "the same bytes as in every other package");
    assert.equal((await start("no-such-verb")).code, 2);
  });

  it("is restored from a manifest, as in CI", async () => {
    const { folder, dotnet } = project("manifest");
    await succeeds(dotnet("new", "tool-manifest"));
    await succeeds(dotnet("tool", "install", "Lading"));
    rmSync(join(folder, "packages"), { recursive: true });
    rmSync(join(folder, "home"), { recursive: true });
    await succeeds(dotnet("tool", "restore"));
    assert.match((await succeeds(dotnet("lading", "--version"))).out, /^\d/);
  });

  it("runs once with dnx, without being installed", async () => {
    const { dotnet } = project("once");
    assert.match((await succeeds(dotnet("dnx", "Lading", "--yes", "--", "--version"))).out, /^\d/m);
  });

  it("falls back to the installed runtime if a platform has no program", async () => {
    const others = join(work, "others");
    mkdirSync(join(others, "osx-arm64"), { recursive: true });
    writeFileSync(join(others, "osx-arm64/lading"), "a program of another platform");
    for (const name of ["any", "old-sdk"]) symlinkSync(join(work, "all", name), join(others, name));
    pack(others, "others-feed");
    const { folder, dotnet, start } = project("fallback", "others-feed");
    await succeeds(dotnet("tool", "install", "Lading", "--tool-path", "tools"));
    assert.ok(existsSync(join(folder, "tools/.store/lading", version, "lading.any")), "the package for any platform");
    assert.match((await succeeds(start(join(folder, "tools/lading"))("--version"))).out, /^\d/);
  });

  // An SDK before 10 installs the package's tool for the newest framework that it knows; this starts that tool.
  it("has a remedy if an SDK before 10 installed it", async () => {
    const unpacked = join(installed.folder, "tools/.store/lading", version, "lading", version);
    const tools = join(unpacked, "tools/net8.0/any");
    const settings = readFileSync(join(tools, "DotnetToolSettings.xml"), "utf8");
    assert.match(settings, /<DotNetCliTool Version="1">/, "the version that such an SDK reads");
    const [, entry] = /EntryPoint="([^"]+)" Runner="dotnet"/.exec(settings);
    const told = await run("dotnet", [join(tools, entry), "publish"], work);
    assert.equal(told.code, 1);
    assert.equal(told.out, "");
    assert.match(told.err, /needs the \.NET SDK 10[\s\S]*npm install --save-dev lading[\s\S]*archive of your platform/);
    assert.match(readFileSync(join(unpacked, "Lading.nuspec"), "utf8"), /SDK 10; without that SDK: npm install/);
  });

  it("makes the same bytes twice", () => {
    pack(join(work, "all"), "again");
    for (const name of readdirSync(join(work, "feed"))) {
      assert.ok(readFileSync(join(work, "feed", name)).equals(readFileSync(join(work, "again", name))), name);
    }
  });
});
