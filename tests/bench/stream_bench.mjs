// SPDX-License-Identifier: MIT
// Our stream reader against the npm package eventsource-parser on the same 150 MB, alternating, medians compared: finding
// the events, and putting the answer together (the peer with JSON.parse of every event).
import { execFileSync } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
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

/** An OpenAI stream in which nothing but the text changes, or also the padding that OpenAI adds by default. */
const chunk = (choices, usage, padding) =>
  `data: {"id":"chatcmpl-7Aq","object":"chat.completion.chunk","created":1780000000,"model":"gpt-x","choices":${choices},"usage":${usage}${padding}}\n\n`;
const event = (i, padding) =>
  chunk(`[{"index":0,"delta":{"content":" word${i % 997}"},"finish_reason":null}]`, "null", padding);

function makeStream(name, padding) {
  const file = join(folder, name);
  const out = openSync(file, "w");
  for (let written = 0, i = 0; written < megabytes * 1e6; ) {
    let block = "";
    while (block.length < 1e6) block += event(i, padding(i++));
    writeSync(out, block);
    written += block.length;
  }
  writeSync(out, chunk(`[{"index":0,"delta":{},"finish_reason":"stop"}]`, "null", padding(0)));
  writeSync(out, chunk("[]", `{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21}`, padding(0)) + "data: [DONE]\n\n");
  return file;
}

function peer(file, onEvent) {
  const stream = readFileSync(file);
  const decoder = new TextDecoder();
  const begin = performance.now();
  const parser = createParser({ onEvent });
  for (let at = 0; at < stream.length; at += piece)
    parser.feed(decoder.decode(stream.subarray(at, at + piece), { stream: true }));
  return (performance.now() - begin) / 1000;
}

function peerFinding(file) {
  let events = 0;
  const seconds = peer(file, () => events++);
  return { seconds, same: { events } };
}

function peerReading(file) {
  let events = 0;
  let text = "";
  let usage = null;
  let done = false;
  const seconds = peer(file, ({ data }) => {
    events++;
    if (data === "[DONE]") return void (done = true);
    const payload = JSON.parse(data);
    text += payload.choices[0]?.delta.content ?? "";
    usage = payload.usage ?? usage;
  });
  const verdict = done ? "complete" : "cut_off";
  return { seconds, same: { events, characters: text.length, output_tokens: usage.completion_tokens, verdict } };
}

function ours(job, file) {
  const { seconds, ...same } = JSON.parse(execFileSync(process.argv[2], [job, file]));
  return { seconds, same };
}

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const rate = (seconds) => (megabytes / 1000 / seconds).toFixed(2).padStart(6);

function compare(title, file, job, theirName, theirJob) {
  const mine = [];
  const theirs = [];
  for (let round = 0; round < rounds; round++) {
    const a = ours(job, file);
    const b = theirJob(file);
    if (JSON.stringify(a.same) !== JSON.stringify(b.same))
      throw new Error(`we saw ${JSON.stringify(a.same)}, the peer ${JSON.stringify(b.same)}`);
    mine.push(a.seconds);
    theirs.push(b.seconds);
  }
  console.log(`${title} (${megabytes} MB)      median of ${rounds}`);
  console.log(`  lavascope                        ${rate(median(mine))} GB/s`);
  console.log(`  ${theirName.padEnd(31)}  ${rate(median(theirs))} GB/s`);
  console.log(`  ratio                            ${(median(theirs) / median(mine)).toFixed(1).padStart(6)} ×`);
}

/** Does an event cost the same among ten million as among ten thousand? */
function growth(file) {
  const once = (events) => JSON.parse(execFileSync(process.argv[2], ["growth", file, String(events)]));
  const sizes = [1e4, 1e5, 1e6, 1e7];
  const seen = sizes.map((events) => median(Array.from({ length: rounds }, () => once(events).nanoseconds_an_event)));
  console.log(`time an event, read and put together      median of ${rounds}`);
  sizes.forEach((events, i) => {
    const against = (seen[i] / seen[2]).toFixed(2);
    console.log(`  ${String(events).padStart(10)} events ${seen[i].toFixed(0).padStart(8)} ns   ${against} × that of a million`);
  });
}

try {
  const plain = makeStream("plain.sse", () => "");
  compare("find the events", plain, "events", "eventsource-parser", peerFinding);
  compare("put the answer together", plain, "answer", "eventsource-parser + JSON.parse", peerReading);
  const padded = makeStream("padded.sse", (i) => `,"obfuscation":"${(i * 2654435761 % 4294967296).toString(36)}"`);
  compare("the same with padding in every event", padded, "answer", "eventsource-parser + JSON.parse", peerReading);
  const block = join(folder, "block.sse");
  writeFileSync(block, Array.from({ length: 300 }, (_, i) => event(i, "")).join(""));
  growth(block);
} finally {
  rmSync(folder, { recursive: true });
}
