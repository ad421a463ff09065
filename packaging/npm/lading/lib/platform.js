"use strict";
const { readFileSync } = require("node:fs");

/** The packages with a program, by platform, processor and, on Linux, C library. */
const packages = {
  "linux-x64-glibc": "@lading/linux-x64",
  "linux-arm64-glibc": "@lading/linux-arm64",
  "linux-x64-musl": "@lading/linux-x64-musl",
  "darwin-arm64": "@lading/darwin-arm64",
  "darwin-x64": "@lading/darwin-x64",
  "win32-x64": "@lading/win32-x64",
};

/**
 * The C library of this Linux: "glibc" or "musl". Usually ldd contains its name; otherwise, Node's report has the
 * version of glibc that Node runs on, and none on musl.
 */
function libcOf(read = (path) => readFileSync(path, "latin1"), report = () => process.report?.getReport()) {
  try {
    const ldd = read("/usr/bin/ldd");
    if (ldd.includes("musl")) return "musl";
    if (ldd.includes("GLIBC") || ldd.includes("GNU C Library")) return "glibc";
  } catch {
    // No ldd, or an unreadable one: Node knows too.
  }
  return report()?.header?.glibcVersionRuntime ? "glibc" : "musl";
}

/** The key of this machine in the table above, such as "linux-x64-musl". */
function keyOf(platform = process.platform, arch = process.arch, libc = libcOf) {
  return platform === "linux" ? `${platform}-${arch}-${libc()}` : `${platform}-${arch}`;
}

/** The remedy if this is the exit code of a system loader that could not start the program; undefined otherwise. */
function remedyFor(code, key = keyOf) {
  if (code !== 127 || !key().endsWith("-musl")) return undefined;
  return "Could not start lading: a library is missing, see above. On Alpine: apk add libstdc++ git ca-certificates";
}

module.exports = { packages, keyOf, libcOf, remedyFor };
