// SPDX-License-Identifier: MIT
// From a socket to the window: the same answer from the same server process, to `curl -N -o /dev/null` and to the real
// window, alternating, medians compared. curl's time is its own (time_total), without the start of its process; ours
// is from the press of Send until all is read and drawn in the tab in sight. A frame is the longest time in which the
// window would not have taken a key press; see gui_watch.h.
//   node pane_bench.mjs BENCH_PANE BENCH_STREAM_SERVER [small|large|picture|stop]...
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const [pane, serverProgram, ...chosen] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "lavascope-pane-bench-"));
// The offscreen platform's own screen has 800 x 800 dots: less than the window wants, which would grow while it is watched.
const screen = join(folder, "screen.json");
writeFileSync(
  screen,
  JSON.stringify({
    synchronousWindowSystemEvents: false,
    windowFrameMargins: true,
    screens: [{ name: "screen", x: 0, y: 0, width: 1920, height: 1080, logicalDpi: 96, logicalBaseDpi: 96, dpr: 1 }],
  }),
);
const env = { QT_QPA_PLATFORM: `offscreen:configfile=${screen}`, ...process.env, HOME: folder, LAVASCOPE_DATA_DIR: folder };

/** `node` before the arguments: the server in Node.js instead of the one in C++. */
async function withServer(args, job) {
  const [program, before] = args[0] === "node" ? [process.execPath, [join(here, "stream_server.mjs")]] : [serverProgram, []];
  const own = args.filter((word) => word !== "node").map(String);
  const server = spawn(program, [...before, ...own], { stdio: ["pipe", "pipe", "inherit"] });
  try {
    const port = await new Promise((tell) => server.stdout.once("data", (line) => tell(Number(line))));
    await job(`http://127.0.0.1:${port}`);
  } finally {
    server.kill();
  }
}

async function curl(origin) {
  const { stdout } = await run("curl", ["-N", "-s", "-o", "/dev/null", "-w", "%{time_total}", "-d", "{}", `${origin}/v1/forward?u=x`]);
  return Number(stdout);
}

async function ours(origin, tab, wanted) {
  const { stdout } = await run(pane, [origin, tab, String(wanted)], { env, timeout: 600_000 });
  return JSON.parse(stdout);
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const worst = (list) => Math.max(...list);
const column = (value, digits, width) => value.toFixed(digits).padStart(width);
const megabytes = (bytes) => column(bytes / 1e6, 0, 7);

async function compare(title, serverArgs, rows, rounds, tabs) {
  console.log(`\n${title}      median of ${rounds}; frames: the worst`);
  console.log("  tab       curl s   ours s   ratio   lag ms   frame ms  (of it work)  most work ms  over 16  over 33  memory MB");
  await withServer(serverArgs, async (origin) => {
    for (const tab of tabs) {
      const theirs = [];
      const mine = [];
      for (let round = 0; round < rounds; round++) {
        theirs.push(await curl(origin));
        mine.push(await ours(origin, tab, rows));
      }
      const peer = median(theirs);
      const own = median(mine.map((one) => one.seconds));
      const longest = mine.reduce((a, b) => (a.frame_ms > b.frame_ms ? a : b));
      console.log(
        `  ${tab.padEnd(7)} ${column(peer, 3, 8)} ${column(own, 3, 8)} ${column(own / peer, 2, 7)} ${column((own - peer) * 1000, 0, 8)} ${column(longest.frame_ms, 1, 10)}` +
          ` ${column(longest.frame_cpu_ms, 1, 13)} ${column(worst(mine.map((one) => one.work_ms)), 1, 13)}` +
          ` ${String(worst(mine.map((one) => one.over_16))).padStart(8)} ${String(worst(mine.map((one) => one.over_33))).padStart(8)}` +
          ` ${megabytes(worst(mine.map((one) => one.peak_bytes)))}    ${mine[0].verdict}`,
      );
    }
  });
}

async function stop(rounds) {
  console.log(`\nStop in the middle of a fast answer: from the key press until the call is closed and the window says so`);
  await withServer(["together", 10_000_000, 3_300_000_000], async (origin) => {
    for (const tab of ["text", "events", "raw"]) {
      const took = [];
      for (let round = 0; round < rounds; round++) took.push((await ours(origin, tab, "stop")).stop_ms);
      console.log(`  ${tab.padEnd(7)} median ${column(median(took), 1, 6)} ms   worst ${column(worst(took), 1, 6)} ms`);
    }
  });
}

const tabs = ["text", "events", "raw"];
const servers = { node: "from a server in Node.js", each: "one write an event", together: "written as fast as it is taken" };
const jobs = {
  async small() {
    await compare("10,000 events, 3.3 MB, named, over a second", ["node", 10_000, 3_300_000, 1], 10_000, 5, tabs);
    for (const [server, words] of Object.entries(servers))
      await compare(`10,000 events, 3.3 MB, ${words}`, [server, 10_000, 3_300_000], 10_003, 5, tabs);
  },
  async large() {
    for (const [server, words] of Object.entries(servers))
      await compare(`1,000,000 events, 300 MB, ${words}`, [server, 1_000_000, 300_000_000], 1_000_003, 3, tabs);
  },
  async picture() {
    for (const size of [16, 32, 62])
      await compare(`one event with a picture, ${size} MB on one line`, ["picture", size * 1e6], 1, 3, tabs);
  },
  async stop() {
    await stop(5);
  },
};

try {
  for (const name of chosen.length ? chosen : Object.keys(jobs)) await jobs[name]();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
