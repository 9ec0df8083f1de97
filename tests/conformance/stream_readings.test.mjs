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
  "openai_chat/azure_filter.sse": "the model changes on the way; we keep the first that is not empty, the SDK the last",
  "openai_chat/audio.sse": "the SDK leaves spoken words to its user; we show them as the text",
  "openai_chat/completions_legacy.sse": "completions came under the address of chat: the SDK's user looks for deltas",
  "openai_chat/last_event_unterminated.sse": "the SDK loses an event without its blank line; we show it and say so",
  "openai_chat/mistral_parts.sse": "the SDK takes text only as a string and joins objects into it",
  "openai_responses/failed.sse": "the failed snapshot is empty; we keep the text that had come",
  "openai_responses/same_place_new_id.sse": "the snapshot is empty; we keep the calls that had come",
  "anthropic_messages/echoes.sse": "the SDK takes text behind message_stop only if another message_stop follows; we show it",
  "anthropic_messages/tool_cut_by_limit.sse": "the SDK turns arguments that were cut into {}; we keep them as text",
  "gemini/blocked_prompt.sse": "the SDK gives no reason of a candidate that never came; we give that of the block",
  "gemini/streamed_arguments.sse": "the SDK does not put streamed arguments together",
};

/** Arguments as values where they are JSON: some SDKs hand out text, some objects. */
const parsed = (text) => {
  if (typeof text !== "string") return text;
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
  const ours = { ...replayed, ...replayed.usage };
  return Object.fromEntries(Object.keys(theirs).map((key) => [key, ours[key]]));
}

for (const [folder, { suffix, contentType, read, plainly }] of Object.entries(readers)) {
  test(`${folder}: what the SDK reads, we read`, async () => {
    const names = readdirSync(new URL(`${folder}/`, fixtures)).filter((name) => name.endsWith(suffix));
    assert.ok(names.length > 0);
    const compared = [];
    const surprises = [];
    for (const name of names) {
      const body = readFileSync(new URL(`${folder}/${name}`, fixtures));
      const ask = (reader) => withServer(body, contentType, reader).then(comparable);
      // Where the SDK throws there is nothing to compare with.
      const theirs = await ask(read).catch(() => plainly && ask(plainly).catch(() => undefined));
      if (!theirs) continue;
      compared.push(name);
      const { out } = await lavascope(["replay", "-", "--json", "--dialect", folder], { input: body });
      const ours = comparable(ourWords(JSON.parse(out), theirs));
      const isKnown = `${folder}/${name}` in differences;
      try {
        assert.deepEqual(ours, theirs);
        if (isKnown) surprises.push(`${name}: no longer different`);
      } catch {
        if (!isKnown) surprises.push(`${name}:\n  ours   ${JSON.stringify(ours)}\n  theirs ${JSON.stringify(theirs)}`);
      }
    }
    assert.deepEqual(surprises, [], surprises.join("\n"));
    assert.ok(compared.length >= names.length / 4, `only ${compared.length} of ${names.length} could be compared`);
  });
}
