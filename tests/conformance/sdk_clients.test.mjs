// SPDX-License-Identifier: MIT
// The official SDKs as clients of our gateway, streaming and not.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import Anthropic from "@anthropic-ai/sdk";
import { Lava } from "@lavapayments/nodejs";
import OpenAI from "openai";

import { startSandbox, testKey } from "./programs.mjs";

let sandbox;
let lava;
let openai;
let anthropic;

before(async () => {
  sandbox = await startSandbox();
  lava = new Lava(testKey, { baseUrl: `${sandbox.origin}/v1/` });
  openai = new OpenAI({
    apiKey: lava.generateForwardToken({}),
    baseURL: `${sandbox.origin}/v1/forward?u=https://api.openai.com/v1`,
    maxRetries: 0,
  });
  anthropic = new Anthropic({
    apiKey: lava.generateForwardToken({}),
    baseURL: `${sandbox.origin}/v1/forward?u=https://api.anthropic.com`,
    maxRetries: 0,
  });
});

after(async () => assert.equal(await sandbox.stop(), 0, "the sandbox ends cleanly when told to"));

const messages = [{ role: "user", content: "When is high tide in Brest?" }];

test("@lavapayments/nodejs gateway(): OpenAI chat", async () => {
  const answer = await lava.gateway("https://api.openai.com/v1/chat/completions", {
    body: { model: "gpt-4o-mini", messages },
  });
  assert.equal(answer.object, "chat.completion");
  assert.ok(answer.choices[0].message.content.length > 0);
  assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
});

test("@lavapayments/nodejs gateway(): Anthropic messages", async () => {
  const answer = await lava.gateway("https://api.anthropic.com/v1/messages", {
    headers: { "anthropic-version": "2023-06-01" },
    body: { model: "claude-sonnet-4-20250514", max_tokens: 100, messages },
  });
  assert.equal(answer.type, "message");
  assert.ok(answer.content[0].text.length > 0);
});

test("@lavapayments/nodejs gateway(): Gemini", async () => {
  const answer = await lava.gateway(
    "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent",
    { body: { contents: [{ parts: [{ text: "When is high tide?" }] }] } },
  );
  assert.ok(answer.candidates[0].content.parts[0].text.length > 0);
});

test("@lavapayments/nodejs gateway(): a customer is charged by a meter", async () => {
  const answer = await lava.gateway("https://api.openai.com/v1/chat/completions", {
    customer_id: "conn_demo",
    meter_slug: "demo-meter",
    body: { model: "gpt-4o-mini", messages },
  });
  assert.ok(answer.choices[0].message.content.length > 0);
});

test("@lavapayments/nodejs gateway(): a refused call says why", async () => {
  const stranger = new Lava("not_a_key_at_all", { baseUrl: `${sandbox.origin}/v1/` });
  await assert.rejects(
    stranger.gateway("https://api.openai.com/v1/chat/completions", { body: { model: "m", messages } }),
    /Lava API Error: 401/,
  );
});

test("openai: chat, not streaming", async () => {
  const answer = await openai.chat.completions.create({ model: "gpt-4o-mini", messages });
  assert.ok(answer.choices[0].message.content.length > 0);
  assert.equal(answer.choices[0].finish_reason, "stop");
});

test("openai: chat, streaming, with usage", async () => {
  const stream = await openai.chat.completions.create({
    model: "gpt-4o-mini",
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = "";
  let finish = null;
  let usage = null;
  let chunks = 0;
  for await (const chunk of stream) {
    chunks++;
    text += chunk.choices[0]?.delta?.content ?? "";
    finish = chunk.choices[0]?.finish_reason ?? finish;
    usage = chunk.usage ?? usage;
  }
  assert.ok(chunks > 3, "it came in pieces");
  assert.ok(text.length > 0);
  assert.equal(finish, "stop");
  assert.ok(usage.completion_tokens > 0);
});

test("openai: the stream helper assembles it", async () => {
  const final = await openai.chat.completions.stream({ model: "gpt-4o-mini", messages }).finalChatCompletion();
  assert.ok(final.choices[0].message.content.length > 0);
});

test("openai: responses, not streaming", async () => {
  const answer = await openai.responses.create({ model: "gpt-4o-mini", input: "When is high tide?" });
  assert.ok(answer.output_text.length > 0);
  assert.equal(answer.status, "completed");
});

test("openai: responses, streaming through the SDK's own assembler", async () => {
  const stream = openai.responses.stream({ model: "gpt-4o-mini", input: "When is high tide?" });
  const seen = new Set();
  for await (const event of stream) seen.add(event.type);
  const final = await stream.finalResponse();
  assert.ok(final.output_text.length > 0);
  assert.ok(final.usage.output_tokens > 0);
  for (const type of ["response.created", "response.output_text.delta", "response.completed"])
    assert.ok(seen.has(type), type);
});

test("openai: an error is the SDK's own class for that status", async () => {
  const stranger = new OpenAI({ apiKey: "sk-not-for-lava", baseURL: openai.baseURL, maxRetries: 0 });
  await assert.rejects(stranger.chat.completions.create({ model: "gpt-4o-mini", messages }), OpenAI.AuthenticationError);
});

test("@anthropic-ai/sdk: messages, not streaming", async () => {
  const answer = await anthropic.messages.create({ model: "claude-sonnet-4-20250514", max_tokens: 100, messages });
  assert.ok(answer.content[0].text.length > 0);
  assert.equal(answer.stop_reason, "end_turn");
});

test("@anthropic-ai/sdk: messages, streaming through the SDK's own assembler", async () => {
  const stream = anthropic.messages.stream({ model: "claude-sonnet-4-20250514", max_tokens: 100, messages });
  let text = "";
  stream.on("text", (delta) => (text += delta));
  const final = await stream.finalMessage();
  assert.ok(text.length > 0);
  assert.equal(final.content[0].text, text);
  assert.ok(final.usage.output_tokens > 0);
});

test("@anthropic-ai/sdk: an error is the SDK's own class for that status", async () => {
  const stranger = new Anthropic({ apiKey: "sk-ant-not-for-lava", baseURL: anthropic.baseURL, maxRetries: 0 });
  await assert.rejects(
    stranger.messages.create({ model: "claude-sonnet-4-20250514", max_tokens: 10, messages }),
    Anthropic.AuthenticationError,
  );
});

test("openai: waits and tries again as the gateway's Retry-After says", async () => {
  const limited = await startSandbox("--fault", "429:times=1,retry_after=1");
  try {
    const client = new OpenAI({
      apiKey: lava.generateForwardToken({}),
      baseURL: `${limited.origin}/v1/forward?u=https://api.openai.com/v1`,
      maxRetries: 1,
    });
    const answer = await client.chat.completions.create({ model: "gpt-4o-mini", messages });
    assert.ok(answer.choices[0].message.content.length > 0);
  } finally {
    await limited.stop();
  }
});

test("a page in a browser gets no grant", async () => {
  const answer = await fetch(`${sandbox.origin}/v1/forward?u=https%3A%2F%2Fapi.openai.com%2Fv1%2Fchat%2Fcompletions`, {
    method: "POST",
    headers: { Authorization: `Bearer ${lava.generateForwardToken({})}`, Origin: "https://example.com" },
    body: "{}",
  });
  assert.equal(answer.status, 403);
  assert.equal(answer.headers.get("access-control-allow-origin"), null);
  assert.match((await answer.json()).error.message, /backend|server|browser/i);
});

test("@lavapayments/nodejs reads customers, subscriptions and meters", async () => {
  const customers = await lava.customers.list({ limit: 2 });
  assert.equal(customers.data.length, 2);
  assert.equal(customers.has_more, true);
  const rest = await lava.customers.list({ cursor: customers.next_cursor });
  const ids = [...customers.data, ...rest.data].map(({ customer_id }) => customer_id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.includes("conn_demo"));

  const customer = await lava.customers.retrieve("conn_demo");
  assert.equal(customer.customer_id, "conn_demo");
  assert.equal(customer.subscription.status, "active");
  const { subscription } = await lava.customers.getSubscription("conn_demo");
  assert.match(subscription.credits.total_remaining, /^\d+\.\d{10}$/);
  assert.equal(subscription.plan.billing_interval, "year");
  const listed = await lava.subscriptions.list({ customer_id: "conn_demo" });
  assert.deepEqual(listed.data.map(({ subscription_id }) => subscription_id), [subscription.subscription_id]);

  const meters = await lava.meters.list();
  const demo = meters.data.find(({ meter_slug }) => meter_slug === "demo-meter");
  assert.equal(demo.tiers[0].type, "tokens_1m");
  assert.deepEqual(await lava.meters.retrieve(demo.meter_id), demo);
  await assert.rejects(lava.customers.retrieve("conn_nobody"), /404/);
});
