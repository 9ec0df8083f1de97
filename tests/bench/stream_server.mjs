// SPDX-License-Identifier: MIT
// The answer of stream_server.cpp as a server in Node.js sends it, each event written by itself in a turn of its own, as
// one does that passes on what it gets. With SECONDS: named events whose data are JSON arrays, spread over so long, which
// is how Postman's issue 12399 tells its load.   node stream_server.mjs EVENTS BYTES [SECONDS]
import { createServer } from "node:http";
import { setImmediate, setTimeout } from "node:timers/promises";

const [events, bytes, seconds = 0] = process.argv.slice(2).map(Number);
const head = `{"id":"chatcmpl-CjA2Zq7mK4pXw","object":"chat.completion.chunk","created":1780000000,"model":"gpt-x",`;
const event = (payload) => `data: ${payload}\n\n`;

/** An event between `before` and `after`, with random letters in between so that it is as large as it is to be. */
function padded(before, after) {
  const missing = Math.max(Math.round(bytes / events) - before.length - after.length, 1);
  const letter = () => String.fromCharCode(65 + Math.floor(Math.random() * 26));
  return before + Array.from({ length: missing }, letter).join("") + after;
}

const textEvent = (i) =>
  padded(
    `data: ${head}"service_tier":"default","system_fingerprint":"fp_44709d6fcb","choices":[{"index":0,"delta":{"content":" word${i % 1000}"},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"`,
    `"}\n\n`,
  );
const namedEvent = (i) => padded(`event: EventName\ndata: [{"number":${i},"text":"`, `"}]\n\n`);

const texts = Array.from({ length: Math.min(events, 10_000) }, (_, i) => (seconds ? namedEvent(i) : textEvent(i)));
const ending =
  event(`${head}"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`) +
  event(`${head}"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":${events},"total_tokens":${events + 9}}}`) +
  event("[DONE]");

const server = createServer(async (request, response) => {
  request.resume();
  response.writeHead(200, { "Content-Type": "text/event-stream", Connection: "close" });
  response.socket.setNoDelay(true);
  const begin = performance.now();
  for (let i = 0; i < events && !response.destroyed; i++) {
    if (!response.write(texts[i % texts.length])) await new Promise((go) => response.once("drain", go).once("close", go));
    await setImmediate();
    const due = begin + ((i + 1) / events) * seconds * 1000;
    while (performance.now() < due) await setTimeout(1);
  }
  response.end(seconds ? "" : ending);
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
