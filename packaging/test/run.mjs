// Runs a program without blocking this process, which may be serving it something.
import { spawn } from "node:child_process";

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} folder to start it in
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<{code: number | null, signal: string | null, out: string, err: string}>}
 */
export function run(command, args, folder, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], ...options });
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err += data));
    child.on("error", failed);
    child.on("close", (code, signal) => done({ code, signal, out, err }));
  });
}
