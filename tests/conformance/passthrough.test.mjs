// SPDX-License-Identifier: MIT
// Our `send`, and curl, through our gateway to a provider that somebody else wrote.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { LLMock } from "@copilotkit/aimock";
import { Lava } from "@lavapayments/nodejs";

import { lavascope, run, startSandbox, testKey } from "./programs.mjs";

const spoken = "High tide in Brest is at six, says the provider.";
const providerKey = "sk-provider-key-0000";

let provider;
let sandbox;

before(async () => {
  provider = new LLMock({ port: 0 });
  provider.onMessage("tide", { content: spoken });
  await provider.start();
  sandbox = await startSandbox("--upstream", "passthrough");
});

after(async () => {
  await sandbox.stop();
  await provider.stop();
});

const dialects = [
  {
    provider: "openai",
    path: "/v1/chat/completions",
    dialect: "openai_chat",
    body: (stream) => ({ model: "gpt-4o-mini", stream, messages: [{ role: "user", content: "tide?" }] }),
  },
  {
    provider: "openai",
    path: "/v1/responses",
    dialect: "openai_responses",
    body: (stream) => ({ model: "gpt-4o-mini", stream, input: "tide?" }),
  },
  {
    provider: "anthropic",
    path: "/v1/messages",
    dialect: "anthropic_messages",
    body: (stream) => ({
      model: "claude-sonnet-4-20250514",
      max_tokens: 50,
      stream,
      messages: [{ role: "user", content: "tide?" }],
    }),
  },
  {
    provider: "google",
    path: "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
    dialect: "gemini",
    body: () => ({ contents: [{ role: "user", parts: [{ text: "tide?" }] }] }),
    streamsByPath: true,
  },
];

const sendArgs = (dialect) => [
  "send",
  "--provider",
  dialect.provider,
  "--gateway",
  sandbox.origin,
  "--url",
  `${provider.url}${dialect.path}`,
  "--secret-key",
  "env:TEST_KEY",
  "--provider-key",
  "env:PROVIDER_KEY",
  "--body",
  "-",
  "--json",
];
const env = { TEST_KEY: testKey, PROVIDER_KEY: providerKey };

for (const dialect of dialects) {
  test(`send, streaming, ${dialect.path}`, async () => {
    const { out, err, code } = await lavascope(sendArgs(dialect), { input: JSON.stringify(dialect.body(true)), env });
    assert.equal(code, 0, err + out);
    const result = JSON.parse(out);
    assert.equal(result.transcript.verdict, "complete");
    assert.equal(result.transcript.dialect, dialect.dialect);
    assert.equal(result.transcript.text, spoken);
    assert.ok(result.transcript.events > 1);
    assert.match(result.lava_request_id, /^req_/);
    assert.equal(result.diagnosis, null);
    assert.ok(!out.includes(testKey) && !out.includes(providerKey), "no secret in the output");
  });

  if (dialect.streamsByPath) continue;
  test(`send, not streaming, ${dialect.path}`, async () => {
    const { out, err, code } = await lavascope(sendArgs(dialect), { input: JSON.stringify(dialect.body(false)), env });
    assert.equal(code, 0, err + out);
    assert.equal(JSON.parse(out).transcript.text, spoken);
  });
}

test("the provider gets its own key and never the gateway's credential", () => {
  const requests = provider.getRequests();
  assert.ok(requests.length >= dialects.length);
  const everything = JSON.stringify(requests);
  assert.ok(!everything.includes(testKey), "the secret key reached the provider");
  const token = new Lava(testKey).generateForwardToken({ provider_key: providerKey });
  assert.ok(!everything.includes(token), "the forward token reached the provider");
  // To a host it does not know the gateway hands the key where the client had put its own credential.
  for (const { path, headers } of requests)
    assert.match(String(headers.authorization), /^(Bearer sk-provider-key-0000|\[REDACTED\])$/, path);
});

test("curl gets the same bytes through the gateway as from the provider", async () => {
  const dialect = dialects[0];
  const target = `${provider.url}${dialect.path}`;
  const body = JSON.stringify({ ...dialect.body(true), stream_options: { include_usage: true } });
  const curl = (url, credential) =>
    run("curl", ["-sS", "-N", "-H", "Content-Type: application/json", "-H", "@-", "--data-raw", body, url], {
      input: `Authorization: Bearer ${credential}\n`,
    });
  const token = new Lava(testKey).generateForwardToken({ provider_key: providerKey });
  const direct = await curl(target, providerKey);
  const through = await curl(`${sandbox.origin}/v1/forward?u=${encodeURIComponent(target)}`, token);
  assert.equal(through.code, 0, through.err);
  // Ids and times differ from call to call; everything else must not.
  const settled = (text) => text.replace(/"id":"[^"]*"/g, '"id":""').replace(/"created":\d+/g, '"created":0');
  assert.equal(settled(through.out), settled(direct.out));
  assert.ok(through.out.includes("[DONE]"));
});

test("the stream comes through unbuffered", async () => {
  const slow = new LLMock({ port: 0, latency: 120, chunkSize: 8 });
  slow.onMessage("tide", { content: spoken });
  await slow.start();
  try {
    const response = await fetch(
      `${sandbox.origin}/v1/forward?u=${encodeURIComponent(`${slow.url}/v1/chat/completions`)}`,
      {
        method: "POST",
        headers: {
          Authorization: `Bearer ${new Lava(testKey).generateForwardToken({ provider_key: providerKey })}`,
          "Content-Type": "application/json",
        },
        body: JSON.stringify(dialects[0].body(true)),
      },
    );
    const arrivals = [];
    for await (const bytes of response.body) arrivals.push({ at: performance.now(), size: bytes.length });
    assert.ok(arrivals.length >= 3, `only ${arrivals.length} arrivals: it was buffered`);
  } finally {
    await slow.stop();
  }
});

test("a provider that is down is a 502 that says so", async () => {
  const { out, code } = await lavascope(
    ["send", "--gateway", sandbox.origin, "--url", "http://127.0.0.1:1/v1/chat/completions", "--secret-key", "env:TEST_KEY", "--json"],
    { env },
  );
  const result = JSON.parse(out);
  assert.equal(code, 75);
  assert.equal(result.attempts[0].status, 502);
  assert.equal(result.diagnosis.retry, "backoff");
});
