// Installs the Debian package with a folder as the system's root: node --test packaging/test/deb.test.mjs
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";

const root = resolve(import.meta.dirname, "../..");
const program = join(root, "artifacts/program/lading");
const isDebian = spawnSync("dpkg", ["--version"]).status === 0;
const reason = !existsSync(program) ? "there is no artifacts/program: ./build pack makes it" : !isDebian && "dpkg is not installed";
if (!existsSync(program) && process.env.LADING_REQUIRE_SERVERS === "1") throw new Error(reason);

describe("The Debian package", { skip: reason }, () => {
  let work, deb, arch;

  before(() => {
    work = mkdtempSync(join(tmpdir(), "lading-deb-"));
    arch = execFileSync("dpkg", ["--print-architecture"], { encoding: "utf8" }).trim();
    deb = make("one");
  });

  after(() => rmSync(work, { recursive: true, force: true }));

  function make(folder) {
    return execFileSync("bash", [join(root, "eng/deb.sh"), program, arch, join(work, folder)], { encoding: "utf8" }).trim();
  }

  it("is installed and removed by dpkg", { skip: process.getuid() !== 0 && "only root installs packages" }, () => {
    const system = join(work, "system");
    mkdirSync(join(system, "var/lib/dpkg"), { recursive: true });
    writeFileSync(join(system, "var/lib/dpkg/status"), "");
    // An empty system lacks the dependencies; the next test checks them.
    const dpkg = (...args) => execFileSync("dpkg", [`--root=${system}`, "--force-depends", ...args], { stdio: "pipe" });
    dpkg("--install", deb);
    const version = execFileSync(join(system, "usr/bin/lading"), ["--version"], { encoding: "utf8" });
    assert.match(version, /^\d+\.\d+\.\d+/);
    const answered = spawnSync(join(system, "usr/bin/lading-docker"), ["inspect", "no/such:image"]);
    assert.equal(answered.status, 1, "lading-docker answers in Docker's place");
    assert.match(readFileSync(join(system, "var/lib/dpkg/status"), "utf8"), /Package: lading\nStatus: install ok installed/);
    dpkg("--remove", "lading");
    assert.ok(!existsSync(join(system, "usr/bin/lading")));
  });

  it("depends on what the program starts and loads", () => {
    const depends = execFileSync("dpkg-deb", ["--field", deb, "Depends"], { encoding: "utf8" });
    for (const wanted of [/libc6 \(>= 2\.28\)/, /libssl3/, /ca-certificates/, /git \(>= 1:2\.36\)/]) assert.match(depends, wanted);
  });

  it("makes the same bytes twice", () => {
    assert.ok(readFileSync(deb).equals(readFileSync(make("two"))));
  });
});
