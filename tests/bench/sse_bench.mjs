// SPDX-License-Identifier: MIT
// Our event stream parser against the npm package eventsource-parser: the same 150 MB, alternating, medians compared.
import { execFileSync } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const { createParser } = await import(pathToFileURL(require.resolve("eventsource-parser")));

const megabytes = 150;
const rounds = 5;
const piece = 64 * 1024;

const folder = mkdtempSync(join(tmpdir(), "lavascope-bench-"));
const file = join(folder, "stream.sse");
const event = (i) =>
  `data: {"id":"chatcmpl-7Aq","object":"chat.completion.chunk","created":1780000000,"model":"gpt-x","choices":[{"index":0,"delta":{"content":" word${i % 997}"},"finish_reason":null}],"usage":null}\n\n`;
const out = openSync(file, "w");
for (let written = 0, i = 0; written < megabytes * 1e6; ) {
  let block = "";
  while (block.length < 1e6) block += event(i++);
  writeSync(out, block);
  written += block.length;
}

function peer() {
  const stream = readFileSync(file);
  const decoder = new TextDecoder();
  let events = 0;
  const begin = performance.now();
  const parser = createParser({ onEvent: () => events++ });
  for (let at = 0; at < stream.length; at += piece)
    parser.feed(decoder.decode(stream.subarray(at, at + piece), { stream: true }));
  return { seconds: (performance.now() - begin) / 1000, events };
}

const ours = () => JSON.parse(execFileSync(process.argv[2], [file]));
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

const mine = [];
const theirs = [];
for (let round = 0; round < rounds; round++) {
  const a = ours();
  const b = peer();
  if (a.events !== b.events) throw new Error(`we saw ${a.events} events, the peer ${b.events}`);
  mine.push(a.seconds);
  theirs.push(b.seconds);
}
rmSync(folder, { recursive: true });
const rate = (seconds) => (megabytes / 1000 / seconds).toFixed(2).padStart(6);
console.log(`parse ${megabytes} MB of events      median of ${rounds}`);
console.log(`  lavascope            ${rate(median(mine))} GB/s`);
console.log(`  eventsource-parser   ${rate(median(theirs))} GB/s`);
console.log(`  ratio                ${(median(theirs) / median(mine)).toFixed(1).padStart(6)} ×`);
