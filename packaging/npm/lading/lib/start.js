"use strict";
const { spawn } = require("node:child_process");
const { constants } = require("node:os");
const { keyOf, remedyFor } = require("./platform");
const { find, MissingProgramError } = require("./program");

/**
 * Starts the program in place of this process, as far as Node can: same streams, arguments and folder;
 * signals are passed on, and this process ends as the program does.
 * @param {string[]} before words to put before the arguments
 */
function start(before) {
  let program;
  try {
    program = find();
  } catch (failure) {
    if (!(failure instanceof MissingProgramError)) throw failure;
    process.stderr.write(`${failure.message}\n`);
    process.exit(1);
  }

  const child = spawn(program, [...before, ...process.argv.slice(2)], { stdio: "inherit", windowsHide: true });

  // A terminal sends Ctrl-C to the whole group, including the program: it only must not end this process first.
  const passedOn = ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"];
  for (const signal of passedOn) process.on(signal, () => child.kill(signal));
  process.on("SIGINT", () => {
    if (!process.stdin.isTTY) child.kill("SIGINT");
  });

  child.on("error", (failure) => {
    process.stderr.write(`Could not start ${program}: ${failure.message}\n`);
    if (failure.code === "EACCES") process.stderr.write(`Make it executable: chmod +x '${program}'\n`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (!signal) {
      const remedy = remedyFor(code, keyOf);
      if (remedy) process.stderr.write(`${remedy}\n`);
      process.exit(code ?? 1);
    }
    for (const name of passedOn) process.removeAllListeners(name);
    process.removeAllListeners("SIGINT");
    process.kill(process.pid, signal);
    // A signal that does not end this process still has its exit code.
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100);
  });
}

module.exports = { start };
