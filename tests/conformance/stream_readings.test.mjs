// SPDX-License-Identifier: MIT
// The same bytes through the official SDKs' stream helpers and through `replay`: equal wherever the SDK does not throw,
// but for the differences listed here, each with its reason. A difference that is gone fails too.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { lavascope } from "./programs.mjs";
import { readers, withServer } from "./stream_readings.mjs";

const fixtures = new URL("../fixtures/streams/", import.meta.url);

const differences = {
  openAiChat: {
    "azure_filter.sse": "the model changes on the way; we keep the first that is not empty, the SDK the last",
    "audio.sse": "the SDK leaves spoken words to its user; we show them as the text",
    "completions_legacy.sse": "completions came under the address of chat: the SDK's user looks for deltas",
    "last_event_unterminated.sse": "the SDK loses an event without its blank line; we show it and say so",
    "mistral_parts.sse": "the SDK takes text only as a string and joins objects into it",
    "sample_mistral.sse": "the same",
  },
  openAiResponses: {
    "audio.sse": "the SDK leaves spoken words to its user; we show them as the text",
    "failed.sse": "the failed snapshot is empty; we keep the text that had come",
    "same_place_new_id.sse": "the snapshot is empty; we keep the calls that had come",
  },
  anthropic: {
    "echoes.sse": "the SDK takes text behind message_stop only if another message_stop follows; we show it",
    "tool_cut_by_limit.sse": "the SDK turns arguments that were cut into {}; we keep them as text",
  },
  gemini: {
    "blocked_prompt.sse": "the SDK gives no reason of a candidate that never came; we give that of the block",
    "streamed_arguments.sse": "the SDK does not put streamed arguments together",
  },
};

/** Arguments as values where they are JSON: some SDKs hand out text, some objects. */
const parsed = (text) => {
  if (typeof text !== "string") return text;
  if (text === "") return {}; // a call without arguments has none
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const comparable = (read) =>
  read.tool_calls
    ? { ...read, tool_calls: read.tool_calls.map((one) => ({ ...one, arguments: parsed(one.arguments) })) }
    : read;

function ourWords(replayed, theirs) {
  const ours = { ...replayed, ...replayed.usage, media_bytes: replayed.media?.map((one) => one.bytes) };
  return Object.fromEntries(Object.keys(theirs).map((key) => [key, ours[key]]));
}

for (const { folder, suffix, only, contentType, read, plainly, dialect = folder, least } of readers) {
  test(`${folder} as ${read.name} reads it: what the SDK reads, we read`, async () => {
    const names = readdirSync(new URL(`${folder}/`, fixtures))
      .filter((name) => name.endsWith(suffix))
      .filter((name) => !only || only.test(name.slice(0, -suffix.length)));
    const compared = [];
    const surprises = [];
    for (const name of names) {
      const body = readFileSync(new URL(`${folder}/${name}`, fixtures));
      const ask = (reader) => withServer(body, contentType, (origin) => reader(origin, name)).then(comparable);
      // Where the SDK throws there is nothing to compare with.
      const theirs = await ask(read).catch(() => plainly && ask(plainly).catch(() => undefined));
      if (!theirs) continue;
      compared.push(name);
      const forced = dialect ? ["--dialect", dialect] : [];
      const { out } = await lavascope(["replay", "-", "--json", ...forced], { input: body });
      const ours = comparable(ourWords(JSON.parse(out), theirs));
      const isKnown = name in (differences[read.name] ?? {});
      try {
        assert.deepEqual(ours, theirs);
        if (isKnown) surprises.push(`${name}: no longer different`);
      } catch {
        if (!isKnown) surprises.push(`${name}:\n  ours   ${JSON.stringify(ours)}\n  theirs ${JSON.stringify(theirs)}`);
      }
    }
    assert.deepEqual(surprises, [], surprises.join("\n"));
    assert.ok(compared.length >= least, `only ${compared.length} of ${names.length} could be compared`);
  });
}
