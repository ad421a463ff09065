// The promises about the program that ./build pack builds: node --test packaging/test
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";

const folder = resolve(import.meta.dirname, "../../artifacts/program");
const program = join(folder, "lading");
const missing = existsSync(program) ? false : "there is no artifacts/program: ./build pack makes it";
if (missing && process.env.LADING_REQUIRE_SERVERS === "1") throw new Error(missing);
const linux = missing || (process.platform === "linux" ? false : "the program of this machine is not an ELF file");

describe("The program", { skip: missing }, () => {
  it("prints its version", () => {
    assert.match(execFileSync(program, ["--version"], { encoding: "utf8" }), /^\d+\.\d+\.\d+/);
  });

  it("also works under the name lading-docker", () => {
    const answered = spawnSync(join(folder, "lading-docker"), ["inspect", "no/such:image"], { encoding: "utf8" });
    assert.equal(answered.status, 1);
    assert.equal(spawnSync(program, ["inspect", "no/such:image"]).status, 2, "which is not a verb of lading");
  });

  it("is loaded at a random address", { skip: linux }, () => {
    assert.equal(readFileSync(program).readUInt16LE(16), 3, "ELF type: position-independent");
  });

  // RHEL 8 has 2.28, Ubuntu 20.04 and Debian 11 2.31. Without LADING_SYSROOT=1 the machine's own C library decides.
  const old = linux || (process.env.LADING_SYSROOT === "1" ? false : "it was not linked with LADING_SYSROOT=1");
  it("starts on systems as old as glibc 2.28", { skip: old }, () => {
    const wanted = [...readFileSync(program, "latin1").matchAll(/\0GLIBC_2\.(\d+)/g)].map((match) => Number(match[1]));
    assert.ok(wanted.length > 0, "the program names no version of glibc");
    assert.ok(Math.max(...wanted) <= 28, `GLIBC_2.${Math.max(...wanted)}`);
  });
});
