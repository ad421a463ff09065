// Reads programs without starting them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** The libraries that an ELF program needs, and the newest glibc among its symbols. */
export function readElf(file) {
  const bytes = readFileSync(file);
  const text = bytes.toString("latin1");
  const glibc = [...text.matchAll(/\0GLIBC_2\.(\d+)/g)].map((match) => Number(match[1]));
  const needed = [...new Set([...text.matchAll(/\0((?:lib|ld-)[\w.+-]*\.so[\w.]*|libc\.musl-[\w-]+\.so\.1)(?=\0)/g)].map((match) => match[1]))];
  return { machine: { 62: "x64", 183: "arm64" }[bytes.readUInt16LE(18)], independent: bytes.readUInt16LE(16) === 3, glibc: Math.max(0, ...glibc), needed };
}

/**
 * The code signature of a Mach-O program: the flags of its code directory, and whether each page has the hash in it,
 * which macOS verifies before it runs the page.
 */
export function readMachO(file) {
  const bytes = readFileSync(file);
  if (bytes.readUInt32LE(0) !== 0xfeedfacf) throw new Error(`${file} is not a 64-bit Mach-O program`);
  const machine = { 0x01000007: "x64", 0x0100000c: "arm64" }[bytes.readUInt32LE(4)];
  let at = 32;
  for (let left = bytes.readUInt32LE(16); left > 0; left--) {
    if (bytes.readUInt32LE(at) === 0x1d) return { machine, signature: readSignature(bytes, bytes.readUInt32LE(at + 8)) };
    at += bytes.readUInt32LE(at + 4);
  }
  return { machine, signature: undefined };
}

// A blob with an index of blobs, with big-endian numbers; the code directory is one of them.
function readSignature(bytes, start) {
  if (bytes.readUInt32BE(start) !== 0xfade0cc0) throw new Error("a code signature begins with an unknown number");
  for (let index = 0; index < bytes.readUInt32BE(start + 8); index++) {
    const at = start + bytes.readUInt32BE(start + 12 + 8 * index + 4);
    if (bytes.readUInt32BE(at) !== 0xfade0c02) continue;
    const hashes = at + bytes.readUInt32BE(at + 16);
    const slots = bytes.readUInt32BE(at + 28);
    const limit = bytes.readUInt32BE(at + 32);
    const size = bytes[at + 36];
    const page = 1 << bytes[at + 39];
    const algorithm = { 1: "sha1", 2: "sha256" }[bytes[at + 37]];
    let broken = 0;
    for (let slot = 0; slot < slots; slot++) {
      const digest = createHash(algorithm).update(bytes.subarray(slot * page, Math.min((slot + 1) * page, limit))).digest();
      if (!digest.subarray(0, size).equals(bytes.subarray(hashes + slot * size, hashes + (slot + 1) * size))) broken++;
    }
    return { adHoc: (bytes.readUInt32BE(at + 12) & 2) !== 0, algorithm, slots, broken, covers: limit === start };
  }
  throw new Error("a code signature without a code directory");
}

/** The machine and the subsystem of a Windows program: 3 is a console. */
export function readPe(file) {
  const bytes = readFileSync(file);
  const at = bytes.readUInt32LE(0x3c);
  if (bytes.toString("latin1", at, at + 4) !== "PE\0\0") throw new Error(`${file} is not a Windows program`);
  return { machine: { 0x8664: "x64", 0xaa64: "arm64" }[bytes.readUInt16LE(at + 4)], subsystem: bytes.readUInt16LE(at + 24 + 68) };
}
