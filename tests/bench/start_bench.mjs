// SPDX-License-Identifier: MIT
// From the start of the process until its window is drawn: ours, on an empty data folder, and a Qt program with an empty
// window, alternating, medians compared.
//   node start_bench.mjs BENCH_START BENCH_START_PEER [rounds]
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [own, peer, rounds = 15] = process.argv.slice(2);

/** Milliseconds from the start of the program until it says that its window is drawn. */
async function start(program) {
  const folder = mkdtempSync(join(tmpdir(), "lavascope-start-bench-"));
  const env = { QT_QPA_PLATFORM: "offscreen", ...process.env, HOME: folder, LAVASCOPE_DATA_DIR: folder };
  const begin = process.hrtime.bigint();
  const child = spawn(program, [], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((tell) => child.once("close", tell));
  let painted = 0;
  child.stdout.once("data", () => (painted = Number(process.hrtime.bigint() - begin) / 1e6));
  if ((await ended) !== 0 || painted === 0) throw new Error(`${program} drew no window`);
  rmSync(folder, { recursive: true, force: true });
  return painted;
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const mine = [];
const theirs = [];
for (let round = 0; round < Number(rounds); round++) {
  theirs.push(await start(peer));
  mine.push(await start(own));
}
console.log(`\nStart, from the process to the drawn window, median of ${rounds} (${process.env.QT_QPA_PLATFORM ?? "offscreen"})`);
console.log("  empty Qt window ms   ours ms   ratio   ours, worst ms");
const [least, ours] = [median(theirs), median(mine)];
console.log(
  `${least.toFixed(0).padStart(20)} ${ours.toFixed(0).padStart(9)} ${(ours / least).toFixed(2).padStart(7)} ${Math.max(...mine).toFixed(0).padStart(16)}`,
);
