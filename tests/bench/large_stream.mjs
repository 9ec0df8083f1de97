// SPDX-License-Identifier: MIT
// Long answers from a socket through the real transport and a Run, against `curl -N -o /dev/null` on the same server,
// alternating: time and peak memory of each, and the processor's time for an event, which other programs on the machine
// change less. With --huge as well 10⁷ events and 4 GB, which takes minutes; most of their bytes go to the disk, so what
// `dd` takes to write as many there is told beside them.
import { spawn, execFileSync } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [, , program, mode] = process.argv;
const eventBytes = 300;
const rounds = 3;
const isHuge = mode === "--huge";

const sizes = [
  { name: "10⁴ events", megabytes: (1e4 * eventBytes) / 1e6 },
  { name: "10⁵ events", megabytes: (1e5 * eventBytes) / 1e6 },
  { name: "10⁶ events", megabytes: (1e6 * eventBytes) / 1e6 },
  ...(isHuge
    ? [
        { name: "10⁷ events", megabytes: (1e7 * eventBytes) / 1e6 },
        { name: "4 GB", megabytes: 4000 },
      ]
    : []),
  { name: "one line", megabytes: 16, what: "line" },
  { name: "one line", megabytes: 64, what: "line" },
];

async function startServer(what, megabytes) {
  const server = spawn(program, ["serve", what, String(megabytes)], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(server.stdout, "data");
  return { port: String(line).trim(), stop: () => server.kill() };
}

function curl(port) {
  const begin = performance.now();
  execFileSync("curl", ["-sN", "-o", "/dev/null", `http://127.0.0.1:${port}/`]);
  return (performance.now() - begin) / 1000;
}

function dd(bytes) {
  const file = join(tmpdir(), `lavascope-bench-${process.pid}`);
  const begin = performance.now();
  try {
    execFileSync("dd", ["if=/dev/zero", `of=${file}`, "bs=1M", `count=${Math.round(bytes / 2 ** 20)}`, "status=none"]);
    return (performance.now() - begin) / 1000;
  } finally {
    rmSync(file, { force: true });
  }
}

const ours = (port) => JSON.parse(execFileSync(program, ["read", port], { encoding: "utf8" }));
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const cell = (value, digits, width) => value.toFixed(digits).padStart(width);

console.log(`an answer from a socket, read and kept      median of ${rounds}, above 1 GB of one`);
console.log("                   MB   seconds    curl  ratio   events/s   ns/event  work/event  peak MB  peak/bytes  dd to disk");
for (const { name, megabytes, what = "events" } of sizes) {
  const { port, stop } = await startServer(what, megabytes);
  const mine = [];
  const theirs = [];
  const goesToDisk = megabytes > 1000;
  for (let round = 0; round < (goesToDisk ? 1 : rounds); round++) {
    theirs.push(curl(port));
    mine.push(ours(port));
  }
  stop();
  if (mine.some(({ verdict }) => verdict !== "complete")) throw new Error(`an answer of ${name} was not whole`);
  const seconds = median(mine.map((run) => run.seconds));
  const work = median(mine.map((run) => run.work));
  const peak = Math.max(...mine.map((run) => run.peak));
  const { events, bytes } = mine[0];
  console.log(
    `  ${name.padEnd(11)}${cell(bytes / 1e6, 0, 8)}${cell(seconds, 3, 10)}${cell(median(theirs), 3, 8)}` +
      `${cell(seconds / median(theirs), 1, 7)}${cell(events / seconds, 0, 11)}${cell((seconds / events) * 1e9, 0, 11)}` +
      `${cell((work / events) * 1e9, 0, 12)}${cell(peak, 0, 9)}${cell(peak / (bytes / 1e6), 2, 12)}` +
      (goesToDisk ? cell(dd(bytes), 3, 12) : ""),
  );
}
