// SPDX-License-Identifier: MIT
// Inspecting a file of tokens, one a line, in one process: ours, one Node process that says the same, and a shell that
// starts `base64 -d | jq` for each line. Alternating, medians compared, the start of each process included.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [, , program, peer] = process.argv;
const lines = 200_000;
const shellLines = 300;
const rounds = 5;

function makeRandom(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
const random = makeRandom(20261124);
const hex = () => Buffer.from(`${random(1e9)}x${random(1e9)}`).toString("hex");
function token() {
  const fields = { secret_key: `aks_${random(2) ? "live" : "test"}_${hex()}` };
  if (random(2)) Object.assign(fields, { customer_id: `conn_${hex()}`, meter_slug: `meter-${random(20)}` });
  else if (random(3) === 0) fields.meter_slug = `meter-${random(20)}`;
  if (random(4) === 0) fields.provider_key = `sk-ant-${hex()}`;
  if (random(9) === 0) fields.disable_billing = true;
  const text = Buffer.from(JSON.stringify(fields)).toString("base64");
  return random(10) ? text : `Bearer ${text}`;
}

const folder = mkdtempSync(join(tmpdir(), "lavascope-bench-"));
const file = join(folder, "tokens.txt");
const few = join(folder, "few.txt");
const all = Array.from({ length: lines }, token);
writeFileSync(file, `${all.join("\n")}\n`);
writeFileSync(few, `${all.slice(0, shellLines).map((text) => text.replace(/^Bearer /, "")).join("\n")}\n`);

const ourArguments = ["token", "inspect", "--lines", `file:${file}`];
const documents = (text) => text.trimEnd().split("\n").map((line) => {
  const document = JSON.parse(line);
  for (const finding of document.findings) delete finding.offset; // the peer knows none
  return JSON.stringify(document);
});
const sample = join(folder, "sample.txt");
writeFileSync(sample, `${all.slice(0, 5000).join("\n")}\n`);
const ours = documents(execFileSync(program, ["token", "inspect", "--lines", `file:${sample}`], { encoding: "utf8", maxBuffer: 1e9 }));
const theirs = documents(execFileSync(process.execPath, [peer, sample], { encoding: "utf8", maxBuffer: 1e9 }));
ours.forEach((document, i) => {
  if (document !== theirs[i]) throw new Error(`line ${i + 1}: we say\n${document}\nthe peer says\n${theirs[i]}`);
});

const nowhere = openSync("/dev/null", "w");
function seconds(command, args) {
  const begin = performance.now();
  const { status } = spawnSync(command, args, { stdio: ["ignore", nowhere, "inherit"] });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return (performance.now() - begin) / 1000;
}
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const mine = [];
const node = [];
for (let round = 0; round < rounds; round++) {
  mine.push(seconds(program, ourArguments));
  node.push(seconds(process.execPath, [peer, file]));
}
const hasJq = spawnSync("jq", ["--version"]).status === 0;
const shell = hasJq
  ? seconds("sh", ["-c", `while read -r token; do printf %s "$token" | base64 -d | jq -c .; done < '${few}'`]) * (lines / shellLines)
  : null;
rmSync(folder, { recursive: true });

const show = (name, time) =>
  console.log(`  ${name.padEnd(36)} ${(lines / time / 1000).toFixed(1).padStart(8)} thousand lines/s`);
console.log(`inspect ${lines} tokens, one a line      median of ${rounds}`);
show("lavascope-cli token inspect --lines", median(mine));
show("node, saying the same", median(node));
if (shell) show(`base64 -d | jq for each line (${shellLines})`, shell);
console.log(`  ratio to node                        ${(median(node) / median(mine)).toFixed(1).padStart(8)} ×`);
if (shell) console.log(`  ratio to base64 -d | jq              ${(shell / median(mine)).toFixed(0).padStart(8)} ×`);
