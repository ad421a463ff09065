// Starts every file of artifacts/release that can be started here, and lists those that cannot: ./build test release
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { readElf, readMachO, readPe } from "./binaries.mjs";

const root = resolve(import.meta.dirname, "../../..");
const release = join(root, "artifacts/release");
if (!existsSync(join(release, "SHA256SUMS"))) throw new Error("There is no artifacts/release. Make it: ./build release");
const version = execFileSync("bash", [join(root, "eng/version.sh")], { encoding: "utf8" }).trim();
const files = readdirSync(release, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(release, join(entry.parentPath, entry.name)))
  .sort();
const sysroot = join(root, "artifacts/sysroot-arm64");
const has = (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

// Every file of the release is in one of these at the end.
const started = new Set();
const looked = new Set();
/** @type {Map<string, string>} */
const notStartable = new Map();

describe("The release", () => {
  let work;
  before(() => (work = mkdtempSync(join(tmpdir(), "lading-release-"))));
  after(() => rmSync(work, { recursive: true, force: true }));

  function unpack(file) {
    const folder = join(work, file.replaceAll("/", "_"));
    if (existsSync(folder)) return folder;
    mkdirSync(folder);
    const path = join(release, file);
    if (/\.(zip|nupkg|snupkg)$/.test(file)) execFileSync("unzip", ["-q", path, "-d", folder]);
    else if (file.endsWith(".deb")) execFileSync("dpkg-deb", ["-x", path, folder]);
    else execFileSync("tar", ["-xzf", path, "-C", folder]);
    return folder;
  }

  /** Starts a program for Linux, if necessary with an emulator, and has it publish an image. */
  function putToWork(program, before = []) {
    const start = (args, options) => spawnSync([...before, program][0], [...before.slice(1), ...(before.length ? [program] : []), ...args], { encoding: "utf8", ...options });
    const said = start(["--version"]);
    assert.equal(said.status, 0, said.stderr);
    assert.ok(said.stdout.startsWith(version), said.stdout);
    const folder = mkdtempSync(join(work, "project-"));
    mkdirSync(join(folder, "site"));
    writeFileSync(join(folder, "site/index.html"), "<h1>Hello</h1>\n");
    writeFileSync(join(folder, "lading.json"), '{ "project": "shop", "images": { "site": { "assemble": { "base": "scratch", "copy": { "site/": "/srv/" } } } } }\n');
    const git = (...args) => execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...args], { cwd: folder });
    git("init", "-q");
    git("add", "-A");
    git("commit", "-qm", "A shop");
    const published = start(["publish", "--output", "json"], { cwd: folder });
    assert.equal(published.status, 0, published.stderr);
    assert.match(published.stdout, /sha256:[0-9a-f]{64}/);
    return /sha256:[0-9a-f]{64}/.exec(published.stdout)[0];
  }

  const archive = (rid) => `lading-${version}-${rid}.${rid.startsWith("win") ? "zip" : "tar.gz"}`;
  const emulator = ["qemu-aarch64-static", "-L", sysroot];

  it("has the checksum of each file", () => {
    const sums = readFileSync(join(release, "SHA256SUMS"), "utf8").trim().split("\n").map((line) => line.split("  "));
    assert.deepEqual(sums.map(([, name]) => name).sort(), files.filter((name) => name !== "SHA256SUMS"));
    for (const [sum, name] of sums) assert.equal(createHash("sha256").update(readFileSync(join(release, name))).digest("hex"), sum, name);
    looked.add("SHA256SUMS");
  });

  it("has one version", () => {
    for (const name of files) assert.ok(name === "SHA256SUMS" || name.includes(version), name);
  });

  it("lists its components as SPDX 2.3", () => {
    const name = `lading-${version}.spdx.json`;
    const sbom = JSON.parse(readFileSync(join(release, name), "utf8"));
    assert.equal(sbom.spdxVersion, "SPDX-2.3");
    assert.equal(sbom.dataLicense, "CC0-1.0");
    assert.equal(sbom.SPDXID, "SPDXRef-DOCUMENT");
    assert.ok(URL.canParse(sbom.documentNamespace) && !sbom.documentNamespace.includes("#"));
    assert.match(sbom.creationInfo.created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    for (const creator of sbom.creationInfo.creators) assert.match(creator, /^(Tool|Person|Organization): /);
    const ids = sbom.packages.map((entry) => entry.SPDXID);
    assert.equal(new Set(ids).size, ids.length);
    for (const entry of sbom.packages) {
      assert.match(entry.SPDXID, /^SPDXRef-[A-Za-z0-9.-]+$/);
      assert.ok(entry.name && entry.versionInfo && entry.downloadLocation, entry.SPDXID);
      for (const sum of entry.checksums ?? []) assert.match(`${sum.algorithm}:${sum.checksumValue}`, /^SHA512:[0-9a-f]{128}$/);
      for (const other of entry.externalRefs ?? []) assert.match(other.referenceLocator, /^pkg:(nuget|generic)\/[^@]+@\d/);
    }
    for (const relation of sbom.relationships) {
      for (const id of [relation.spdxElementId, relation.relatedSpdxElement]) assert.ok(id === sbom.SPDXID || ids.includes(id), id);
    }
    for (const name of ["AWSSDK.Core", "Microsoft.NETCore.App"]) assert.ok(sbom.packages.some((entry) => entry.name === name), `${name} is compiled in`);
    looked.add(name);
  });

  let digest;
  it("starts the program for linux-x64", { skip: `${process.platform}-${process.arch}` !== "linux-x64" && "another machine" }, () => {
    const folder = unpack(archive("linux-x64"));
    const elf = readElf(join(folder, "lading"));
    assert.deepEqual([elf.machine, elf.independent], ["x64", true]);
    assert.ok(elf.glibc <= 28, `GLIBC_2.${elf.glibc}`);
    digest = putToWork(join(folder, "lading"));
    assert.equal(spawnSync(join(folder, "lading-docker"), ["inspect", "no/such:image"]).status, 1);
    started.add(archive("linux-x64"));
  });

  const noArm = !has("qemu-aarch64-static") && "qemu-aarch64-static is missing: apt-get install qemu-user-static";
  it("starts the program for linux-arm64, emulated, which publishes the same image", { skip: noArm }, () => {
    const folder = unpack(archive("linux-arm64"));
    const elf = readElf(join(folder, "lading"));
    assert.deepEqual([elf.machine, elf.independent], ["arm64", true]);
    assert.ok(elf.glibc <= 28, `GLIBC_2.${elf.glibc}`);
    assert.equal(putToWork(join(folder, "lading"), emulator), digest);
    started.add(archive("linux-arm64"));
  });

  it("has a program for linux-musl-x64 that needs what Alpine has", () => {
    const elf = readElf(join(unpack(archive("linux-musl-x64")), "lading"));
    assert.equal(elf.machine, "x64");
    assert.equal(elf.glibc, 0);
    for (const wanted of ["libc.musl-x86_64.so.1", "libstdc++.so.6"]) assert.ok(elf.needed.includes(wanted), elf.needed.join());
    notStartable.set(archive("linux-musl-x64"), "needs libstdc++ for musl, which Debian has no package of");
  });

  for (const rid of ["osx-arm64", "osx-x64"]) {
    it(`has a program for ${rid} with a valid ad-hoc signature`, () => {
      const { machine, signature } = readMachO(join(unpack(archive(rid)), "lading"));
      assert.equal(machine, rid.slice("osx-".length));
      if (rid === "osx-arm64") assert.ok(signature, "macOS on arm64 starts no program without a signature");
      if (signature) {
        assert.ok(signature.adHoc, "the flag CS_ADHOC");
        assert.equal(signature.broken, 0, "pages with another hash");
        assert.ok(signature.slots > 0 && signature.covers, "everything before the signature is signed");
      }
      notStartable.set(archive(rid), "needs macOS");
    });
  }

  it("has two programs for win-x64, since CDK_DOCKER can start neither a .cmd nor a link", () => {
    const folder = unpack(archive("win-x64"));
    for (const name of ["lading.exe", "lading-docker.exe"]) assert.deepEqual(readPe(join(folder, name)), { machine: "x64", subsystem: 3 });
    notStartable.set(archive("win-x64"), "needs Windows");
  });

  for (const [arch, rid, before] of [["amd64", "linux-x64", []], ["arm64", "linux-arm64", emulator]]) {
    it(`starts the Debian package for ${arch}`, { skip: !has("dpkg-deb") ? "dpkg-deb is missing" : before.length > 0 && noArm }, () => {
      const name = `lading_${version}_${arch}.deb`;
      const folder = unpack(name);
      same(join(folder, "usr/bin/lading"), join(unpack(archive(rid)), "lading"));
      putToWork(join(folder, "usr/bin/lading"), before);
      assert.equal(execFileSync("dpkg-deb", ["--field", join(release, name), "Architecture"], { encoding: "utf8" }).trim(), arch);
      started.add(name);
    });
  }

  const npmName = { "linux-musl-x64": "linux-x64-musl", "osx-arm64": "darwin-arm64", "osx-x64": "darwin-x64", "win-x64": "win32-x64" };
  for (const rid of ["linux-x64", "linux-arm64", "linux-musl-x64", "osx-arm64", "osx-x64", "win-x64"]) {
    it(`has the same program for ${rid} in npm and NuGet`, () => {
      const ending = rid.startsWith("win") ? ".exe" : "";
      const program = join(unpack(archive(rid)), `lading${ending}`);
      const npm = `npm/lading-${npmName[rid] ?? rid}-${version}.tgz`;
      const nuget = `nuget/Lading.${rid}.${version}.nupkg`;
      same(join(unpack(npm), "package", `lading${ending}`), program);
      same(join(unpack(nuget), "tools/net10.0", rid, `lading${ending}`), program);
      assert.equal(statSync(join(unpack(npm), "package", `lading${ending}`)).mode & 0o111, 0o111);
      // The same bytes as in the archive, which was started or is listed.
      for (const name of [npm, nuget]) {
        if (started.has(archive(rid))) started.add(name);
        else notStartable.set(name, notStartable.get(archive(rid)) ?? "its archive was not started");
      }
    });
  }

  it("has npm packages that depend on each other in this version", () => {
    const lading = JSON.parse(readFileSync(join(unpack(`npm/lading-${version}.tgz`), "package/package.json"), "utf8"));
    assert.equal(Object.keys(lading.optionalDependencies).length, 6);
    for (const wanted of Object.values(lading.optionalDependencies)) assert.equal(wanted, version);
    const cdk = unpack(`npm/lading-cdk-${version}.tgz`);
    assert.equal(JSON.parse(readFileSync(join(cdk, "package/package.json"), "utf8")).version, version);
    assert.ok(existsSync(join(cdk, "package/dist/cjs/index.js")) && existsSync(join(cdk, "package/dist/esm/index.js")));
    const where = join(unpack(archive("linux-x64")), "lading");
    const told = spawnSync(process.execPath, [join(unpack(`npm/lading-${version}.tgz`), "package/bin/lading.js"), "--version"], { encoding: "utf8", env: { ...process.env, LADING_BINARY: where } });
    assert.ok(told.stdout.startsWith(version), told.stderr);
    started.add(`npm/lading-${version}.tgz`);
    looked.add(`npm/lading-cdk-${version}.tgz`);
  });

  it("installs the tool from its feed, and the tool lists every platform", () => {
    const feed = join(release, "nuget");
    const home = join(work, "dotnet");
    mkdirSync(home);
    writeFileSync(join(home, "nuget.config"), `<configuration><packageSources><clear /><add key="feed" value="${feed}" /></packageSources></configuration>\n`);
    const env = { ...process.env, NUGET_PACKAGES: join(home, "packages"), DOTNET_CLI_HOME: home, DOTNET_NOLOGO: "1" };
    for (const [tool, command] of [["Lading", "lading"], ["Lading.Docker", "lading-docker"], ["Lading.any", ""]]) {
      const name = `nuget/${tool}.${version}.nupkg`;
      if (!command) {
        const told = execFileSync("dotnet", [join(unpack(name), "tools/net10.0/any/lading.dll"), "--version"], { encoding: "utf8" });
        assert.ok(told.startsWith(version), told);
      } else {
        execFileSync("dotnet", ["tool", "install", tool, "--tool-path", join(home, "tools")], { cwd: home, env, stdio: "pipe" });
        const told = spawnSync(join(home, "tools", command), command === "lading" ? ["--version"] : ["inspect", "no/such:image"], { encoding: "utf8", env });
        assert.equal(told.status, command === "lading" ? 0 : 1, told.stderr);
      }
      started.add(name);
    }
    const settings = readFileSync(join(unpack(`nuget/Lading.${version}.nupkg`), "tools/net10.0/any/DotnetToolSettings.xml"), "utf8");
    for (const rid of ["linux-x64", "linux-arm64", "linux-musl-x64", "osx-arm64", "osx-x64", "win-x64", "any"]) assert.ok(settings.includes(`Id="Lading.${rid}"`), rid);
  });

  it("has the libraries for .NET 8 and 10, with their symbols", () => {
    for (const library of ["Lading.Core", "Lading.Cdk"]) {
      const folder = unpack(`nuget/${library}.${version}.nupkg`);
      for (const framework of ["net8.0", "net10.0"]) assert.ok(existsSync(join(folder, "lib", framework, `${library}.dll`)), framework);
      for (const ending of ["nupkg", "snupkg"]) looked.add(`nuget/${library}.${version}.${ending}`);
    }
    looked.add(`nuget/Lading.Docker.${version}.snupkg`);
  });

  it("has no file that was neither started, checked nor listed as not startable here", (test) => {
    for (const [name, reason] of notStartable) test.diagnostic(`not started: ${name} ${reason}`);
    for (const name of started) test.diagnostic(`started: ${name}`);
    assert.deepEqual(files.filter((name) => !started.has(name) && !looked.has(name) && !notStartable.has(name)), []);
  });
});

function same(one, other) {
  assert.ok(readFileSync(one).equals(readFileSync(other)), `${one} is not ${other}`);
}
