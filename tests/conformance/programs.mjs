// SPDX-License-Identifier: MIT
// Starts our programs the way a script would: real processes, real pipes, real sockets.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const cli = `${process.env.LAVASCOPE_BIN}/lavascope-cli`;

/** Runs a program to its end. `env` is added to ours. */
export async function run(program, args, { input = "", env = {} } = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: "pipe" });
  const out = [];
  const err = [];
  child.stdout.on("data", (bytes) => out.push(bytes));
  child.stderr.on("data", (bytes) => err.push(bytes));
  child.stdin.on("error", () => {}); // a program that needs no input may close it first
  child.stdin.end(input);
  const [code] = await once(child, "close");
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

export const lavascope = (args, options) => run(cli, args, options);

/** `lavascope-cli sandbox` on a free port; `stop()` ends it. */
export async function startSandbox(...args) {
  const child = spawn(cli, ["sandbox", "--port", "0", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const log = [];
  child.stderr.on("data", (bytes) => log.push(bytes));
  const ended = once(child, "close");
  const firstLine = once(createInterface({ input: child.stdout }), "line").then(([line]) => line);
  const line = await Promise.race([
    firstLine,
    ended.then(([code]) => Promise.reject(new Error(`sandbox ended with ${code}: ${Buffer.concat(log)}`))),
  ]);
  const match = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line);
  if (!match) throw new Error(`unexpected first line: ${line}`);
  return {
    origin: match[1],
    log: () => Buffer.concat(log).toString(),
    async stop() {
      child.kill("SIGTERM");
      const [code] = await ended;
      return code;
    },
  };
}

export const testKey = "aks_test_conformance0000";
