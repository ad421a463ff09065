// Installs the npm packages as a user does, from a registry on loopback: node --test packaging/test
// The program for this machine is artifacts/program (./build pack); those for other platforms are stand-ins.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { serve } from "./registry.mjs";
import { run } from "./run.mjs";

const root = resolve(import.meta.dirname, "../..");
const program = join(root, "artifacts/program/lading");
const require = createRequire(import.meta.url);
const { find, MissingProgramError } = require("../npm/lading/lib/program.js");
const { keyOf, libcOf, packages, remedyFor } = require("../npm/lading/lib/platform.js");
const here = { "linux-x64": "linux-x64", "linux-arm64": "linux-arm64", "darwin-arm64": "osx-arm64", "darwin-x64": "osx-x64" };
const rid = here[`${process.platform}-${process.arch}`];

describe("Finding the program", () => {
  it("distinguishes musl and glibc", () => {
    const none = () => {
      throw new Error("ENOENT");
    };
    assert.equal(libcOf(() => "#!/bin/sh\n# musl libc", none), "musl");
    assert.equal(libcOf(() => "ldd (GNU libc) # GLIBC", none), "glibc");
    assert.equal(libcOf(none, () => ({ header: { glibcVersionRuntime: "2.36" } })), "glibc");
    assert.equal(libcOf(none, () => ({ header: {} })), "musl");
    assert.equal(keyOf("linux", "x64", () => "musl"), "linux-x64-musl");
    assert.equal(keyOf("darwin", "arm64"), "darwin-arm64");
  });

  it("names the package that Alpine lacks if the loader could not start the program", () => {
    assert.match(remedyFor(127, () => "linux-x64-musl"), /apk add libstdc\+\+/);
    assert.equal(remedyFor(127, () => "linux-x64-glibc"), undefined);
    assert.equal(remedyFor(1, () => "linux-x64-musl"), undefined);
  });

  it("lists the platforms if there is none for a machine", () => {
    assert.throws(() => find("linux-s390x-glibc", none, {}), (failure) => {
      assert.ok(failure instanceof MissingProgramError);
      assert.match(failure.message, /no program for linux-s390x-glibc.*linux-x64-glibc/s);
      assert.match(failure.message, /dotnet tool install Lading/);
      return true;
    });
  });

  it("reports that node_modules came from another kind of machine", () => {
    const other = (name) => {
      if (name === "@lading/darwin-arm64/package.json") return "/app/node_modules/@lading/darwin-arm64/package.json";
      throw new Error("MODULE_NOT_FOUND");
    };
    assert.throws(() => find("linux-x64-glibc", other, {}), /@lading\/darwin-arm64 is installed, but this machine .* needs @lading\/linux-x64/);
  });

  it("reports that LADING_BINARY does not exist", () => {
    assert.throws(() => find("linux-x64-glibc", none, { LADING_BINARY: "/none" }), /LADING_BINARY names \/none, which does not exist/);
  });

  function none() {
    throw new Error("MODULE_NOT_FOUND");
  }
});

const reason = !rid ? "there is no stand-in for this platform" : !existsSync(program) ? "there is no artifacts/program: ./build pack makes it" : false;
if (reason && process.env.LADING_REQUIRE_SERVERS === "1") throw new Error(reason);

describe("Installing from npm", { skip: reason }, () => {
  let work, registry, installed;

  before(async () => {
    work = mkdtempSync(join(tmpdir(), "lading-npm-"));
    for (const name of ["linux-x64", "linux-arm64", "linux-musl-x64", "osx-arm64", "osx-x64", "win-x64"]) {
      const folder = join(work, "programs", name);
      mkdirSync(folder, { recursive: true });
      if (name === rid) cpSync(program, join(folder, "lading"));
      else if (name === "win-x64") for (const file of ["lading.exe", "lading-docker.exe"]) writeFileSync(join(folder, file), "stand-in");
      else writeFileSync(join(folder, "lading"), "#!/bin/sh\nexit 99\n", { mode: 0o755 });
    }
    execFileSync("bash", [join(root, "eng/npm-packages.sh"), join(work, "programs"), join(work, "packages")], { stdio: "pipe" });
    registry = await serve(join(work, "packages"));
    installed = project("installed");
    await npm(installed, "install", "lading");
  });

  after(async () => {
    await registry?.close();
    rmSync(work, { recursive: true, force: true });
  });

  /** A new project's folder. */
  function project(name) {
    const folder = join(work, name);
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), `{ "name": "${name}", "private": true }\n`);
    return folder;
  }

  /** Runs npm without blocking this process, which serves the registry. */
  function npm(folder, ...args) {
    return run("npm", [...args, "--registry", registry.url, "--cache", join(work, "cache"), "--no-audit", "--no-fund", "--no-update-notifier"], folder);
  }

  const bin = (folder, name = "lading") => join(folder, "node_modules/.bin", name);

  it("installs the program for this machine and no other", async () => {
    const folder = project("plain");
    const installed = await npm(folder, "install", "--save-dev", "lading");
    assert.equal(installed.code, 0, installed.err);

    const version = await run(bin(folder), ["--version"], folder);
    assert.equal(version.code, 0, version.err);
    assert.match(version.out, /^0\./);
    for (const [key, name] of Object.entries(packages)) {
      assert.equal(existsSync(join(folder, "node_modules", name)), key === keyOf(), name);
    }
  });

  it("runs no script at install, in any package", async () => {
    const folder = project("unscripted");
    await npm(folder, "install", "lading", "--ignore-scripts");
    assert.equal((await run(bin(folder), ["--version"], folder)).code, 0);
    for (const manifest of registry.manifests) assert.equal(manifest.scripts?.install ?? manifest.scripts?.postinstall ?? manifest.scripts?.preinstall, undefined, manifest.name);
  });

  it("requests only packages from the registry", async () => {
    registry.asked.length = 0;
    await npm(project("asked"), "install", "lading", "--cache", join(work, "another-cache"));
    const names = Object.values(packages);
    for (const path of registry.asked) {
      assert.ok(path === "lading" || path.startsWith("-/") || names.includes(path), path);
    }
  });

  it("has a real program for CDK_DOCKER on Windows, where a .cmd cannot be started", () => {
    const windows = registry.files.get("@lading/win32-x64");
    assert.ok(windows.includes("package/lading-docker.exe") && windows.includes("package/lading.exe"), windows.join());
  });

  it("forwards arguments, exit codes and streams", async () => {
    const wrong = await run(bin(installed), ["no-such-verb"], installed);
    assert.equal(wrong.code, 2);
    assert.equal(wrong.out, "");
    assert.notEqual(wrong.err, "");
  });

  it("replaces Docker as lading-docker", async () => {
    const inspected = await run(bin(installed, "lading-docker"), ["inspect", "no/such:image"], installed);
    assert.equal(inspected.code, 1, inspected.out + inspected.err);
    assert.doesNotMatch(inspected.err, /Unrecognized command/i);
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) it(`forwards ${signal} and ends as the program does`, async () => {
    const folder = join(work, `signals-${signal.toLowerCase()}`);
    mkdirSync(folder);
    const child = spawn(process.execPath, [join(installed, "node_modules/lading/bin/lading.js"), "registry", "--port", "0", "--store", join(folder, "store")], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    await new Promise((ready) => child.stdout.once("data", ready) && child.stderr.once("data", ready));
    child.kill(signal);
    const [code, by] = await new Promise((done) => child.on("close", (...end) => done(end)));
    const alone = spawn(program, ["registry", "--port", "0", "--store", join(folder, "alone")], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    await new Promise((ready) => alone.stdout.once("data", ready) && alone.stderr.once("data", ready));
    alone.kill(signal);
    const expected = await new Promise((done) => alone.on("close", (...end) => done(end)));
    assert.deepEqual([code, by], expected);
  });

  it("accepts a lock file that was written on another platform", async () => {
    const folder = project("locked");
    const written = await npm(folder, "install", "lading", "--os=win32", "--cpu=x64");
    assert.equal(written.code, 0, written.err);
    rmSync(join(folder, "node_modules"), { recursive: true });
    const installed = await npm(folder, "ci");
    assert.equal(installed.code, 0, installed.err);
    const version = await run(bin(folder), ["--version"], folder);
    assert.equal(version.code, 0, version.err);
  });

  it("has a remedy if optional dependencies were omitted", async () => {
    const folder = project("omitted");
    await npm(folder, "install", "lading", "--omit=optional");
    const version = await run(bin(folder), ["--version"], folder);
    assert.equal(version.code, 1);
    assert.match(version.err, /is not installed.*--include=optional/s);
    assert.equal(version.out, "");
  });

  it("has a remedy that works if the lock file lacks this platform (npm/cli#4828)", async () => {
    const folder = project("lacking");
    await npm(folder, "install", "lading");
    const path = join(folder, "package-lock.json");
    const lock = JSON.parse(readFileSync(path, "utf8"));
    delete lock.packages[`node_modules/${packages[keyOf()]}`];
    writeFileSync(path, JSON.stringify(lock));
    rmSync(join(folder, "node_modules"), { recursive: true });
    const installed = await npm(folder, "ci");
    if (installed.code !== 0) {
      // This npm rejects such a lock file, and names what it lacks; one that accepts it has this result:
      assert.match(installed.err, new RegExp(`Missing: ${packages[keyOf()]}@`), installed.err);
      await npm(folder, "install", "lading", "--omit=optional", "--no-package-lock");
    }
    assert.equal(existsSync(join(folder, "node_modules", packages[keyOf()])), false);
    const version = await run(bin(folder), ["--version"], folder);
    assert.equal(version.code, 1);
    assert.match(version.err, /npm\/cli#4828/);
    assert.match(version.err, /remove node_modules and package-lock.json, then npm install/);

    // The remedy works.
    rmSync(join(folder, "node_modules"), { recursive: true });
    rmSync(path);
    await npm(folder, "install");
    assert.equal((await run(bin(folder), ["--version"], folder)).code, 0);
  });

  it("starts the program that LADING_BINARY names", async () => {
    const own = join(work, "own");
    writeFileSync(own, "#!/bin/sh\necho mine\nexit 7\n");
    chmodSync(own, 0o755);
    const started = await run(bin(installed), [], installed, { env: { ...process.env, LADING_BINARY: own } });
    assert.deepEqual([started.code, started.out], [7, "mine\n"]);
  });

  it("makes the same bytes twice", () => {
    const again = join(work, "again");
    execFileSync("bash", [join(root, "eng/npm-packages.sh"), join(work, "programs"), again], { stdio: "pipe" });
    const compared = spawnSync("diff", ["-r", join(work, "packages"), again]);
    assert.equal(compared.status, 0, String(compared.stdout));
  });
});
