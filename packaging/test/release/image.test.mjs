// Lading assembles its own container image from the programs in artifacts/release, and publishes inside it.
// It uses no public registry: the base is built from this machine's own git and CA certificates.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";

const root = resolve(import.meta.dirname, "../../..");
const programs = process.env.LADING_PROGRAMS ?? join(root, "artifacts/release-work/programs");
const lading = join(programs, "linux-x64/lading");
if (!existsSync(lading)) throw new Error("There is no program for linux-x64. Make it: ./build release");
const engine = spawnSync("docker", ["version"]).status !== 0 && "no Docker daemon answers";
const other = `${process.platform}-${process.arch}` !== "linux-x64" && "another machine";

describe("The container image", { skip: other }, () => {
  let work, server, host, image;

  before(async () => {
    work = mkdtempSync(join(tmpdir(), "lading-image-"));
    server = spawn(lading, ["registry", "--port", "0", "--store", join(work, "store")], { cwd: work });
    host = await new Promise((found, failed) => {
      let said = "";
      const hear = (data) => {
        said += data;
        const address = /(?:127\.0\.0\.1|localhost):\d+/.exec(said);
        if (address) found(address[0]);
      };
      server.stdout.on("data", hear);
      server.stderr.on("data", hear);
      server.on("exit", () => failed(new Error(said)));
    });
    const base = publish(makeBase(), "base");
    const clone = join(work, "clone");
    git(work, "clone", "--quiet", root, clone);
    // Including uncommitted changes.
    cpSync(join(root, "packaging/image"), join(clone, "packaging/image"), { recursive: true });
    const file = join(clone, "packaging/image/lading.json");
    writeFileSync(file, readFileSync(file, "utf8").replace(/"base": "[^"]+"/, `"base": "${base}"`));
    image = publish(join(clone, "packaging/image"), "lading");
  });

  after(() => {
    server?.kill();
    rmSync(work, { recursive: true, force: true });
  });

  function git(folder, ...args) {
    return execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.com", ...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  }

  /** Commits a folder, and publishes its one image to the registry; returns its reference by digest. */
  function publish(folder, name) {
    const file = join(folder, "lading.json");
    const text = readFileSync(file, "utf8").trimEnd();
    writeFileSync(file, `${text.slice(0, text.lastIndexOf("}"))}, "environments": { "here": { "registry": "${host}" } } }\n`);
    git(folder, "add", "--all", ".");
    git(folder, "commit", "--quiet", "-m", name);
    const published = spawnSync(lading, ["publish", "--env", "here", "--output", "json"], { cwd: folder, encoding: "utf8", env: { ...process.env, LADING_PROGRAMS: programs } });
    assert.equal(published.status, 0, published.stdout + published.stderr);
    return `${host}/${name}@${/sha256:[0-9a-f]{64}/.exec(published.stdout)[0]}`;
  }

  /** The files of the base: git, a shell, certificates, and the libraries that they and the program load. */
  function makeBase() {
    const folder = join(work, "base");
    const system = join(folder, "system");
    const copy = (path) => {
      const to = join(system, path);
      mkdirSync(dirname(to), { recursive: true });
      cpSync(realpathSync(path), to, { recursive: true, dereference: true });
    };
    const binaries = ["git", "sh", "uname", "basename"].map((name) => execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim());
    const libraries = new Set();
    for (const binary of [...binaries, lading]) {
      for (const match of execFileSync("ldd", [binary], { encoding: "utf8" }).matchAll(/(\/\S+\.so\S*)/g)) libraries.add(match[1]);
    }
    for (const path of [...binaries, "/bin/sh", ...libraries]) copy(path);
    for (const path of ["/etc/ssl/certs/ca-certificates.crt", "/usr/lib/x86_64-linux-gnu/libssl.so.3", "/usr/lib/x86_64-linux-gnu/libcrypto.so.3"]) if (existsSync(path)) copy(path);
    mkdirSync(join(system, "tmp"));
    writeFileSync(join(system, "tmp/.keep"), "");
    writeFileSync(
      join(folder, "lading.json"),
      '{ "project": "base", "images": { "base": { "repository": "base", "platforms": ["linux/amd64", "linux/arm64"],\n' +
        '  "assemble": { "base": "scratch", "copy": { "system/": "/" }, "env": { "PATH": "/usr/local/bin:/usr/bin:/bin" } } } } }\n',
    );
    git(folder, "init", "--quiet");
    return folder;
  }

  const ask = async (path) => (await fetch(`http://${host}/v2/lading/${path}`, { headers: { accept: "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json" } })).json();

  it("has both platforms", async () => {
    const index = await ask(`manifests/${image.split("@")[1]}`);
    assert.deepEqual(index.manifests.map(({ platform }) => `${platform.os}/${platform.architecture}`).sort(), ["linux/amd64", "linux/arm64"]);
    for (const { digest, platform } of index.manifests) {
      const manifest = await ask(`manifests/${digest}`);
      const config = await ask(`blobs/${manifest.config.digest}`);
      assert.equal(config.architecture, platform.architecture);
      assert.deepEqual(config.config.Entrypoint, ["/usr/local/bin/lading"]);
    }
  });

  it("publishes from a checkout that belongs to another user", { skip: engine }, () => {
    const folder = join(work, "project");
    mkdirSync(join(folder, "site"), { recursive: true });
    writeFileSync(join(folder, "site/index.html"), "<h1>Hello</h1>\n");
    writeFileSync(join(folder, "lading.json"), '{ "project": "shop", "images": { "site": { "assemble": { "base": "scratch", "copy": { "site/": "/srv/" } } } } }\n');
    git(folder, "init", "--quiet");
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "-m", "A shop");
    const outside = spawnSync(lading, ["publish", "--output", "json"], { cwd: folder, encoding: "utf8" });
    assert.equal(outside.status, 0, outside.stderr);
    rmSync(join(folder, ".lading"), { recursive: true });
    execFileSync("chown", ["-R", "12345:12345", folder]);

    execFileSync("docker", ["pull", "--quiet", image], { stdio: "pipe" });
    const run = (...args) => spawnSync("docker", ["run", "--rm", "--network", "none", "--volume", `${folder}:/work`, ...args], { encoding: "utf8" });
    const inside = run(image, "publish", "--output", "json");
    assert.equal(inside.status, 0, inside.stderr);
    assert.equal(/sha256:[0-9a-f]{64}/.exec(inside.stdout)[0], /sha256:[0-9a-f]{64}/.exec(outside.stdout)[0]);
    assert.equal(run("--entrypoint", "lading-docker", image, "inspect", "no/such:image").status, 1);
    execFileSync("docker", ["image", "rm", image], { stdio: "pipe" });
  });
});
