// SPDX-License-Identifier: MIT
// The official SDKs as readers of one stored answer: each asks a server that sends nothing but those bytes, and what it
// made of them is put into the words of `lavascope-cli replay --json`.
import Anthropic from "@anthropic-ai/sdk";
import { BedrockRuntimeClient, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { GoogleGenAI } from "@google/genai";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { CohereClientV2 } from "cohere-ai";
import { createServer } from "node:http";
import { once } from "node:events";
import { Ollama } from "ollama";
import OpenAI from "openai";

const messages = [{ role: "user", content: "When is high tide?" }];
// Pieces this small put most cuts inside lines and characters.
const piece = 37;

/** A server that answers every request with these bytes; `use` gets its origin. */
export async function withServer(body, contentType, use) {
  const server = createServer(async (request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": contentType });
    for (let at = 0; at < body.length; at += piece) {
      response.write(body.subarray(at, at + piece));
      await new Promise(setImmediate);
    }
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const call = (id, name, args) => ({ id: id ?? "", name: name ?? "", arguments: args ?? "" });

async function openAiChat(origin) {
  const client = new OpenAI({ apiKey: "none", baseURL: `${origin}/v1`, maxRetries: 0 });
  const answer = await client.chat.completions.stream({ model: "m", messages }).finalChatCompletion();
  const { message, finish_reason } = answer.choices[0];
  return {
    text: message.content ?? "",
    refusal: message.refusal ?? "",
    tool_calls: (message.tool_calls ?? []).map((one) => call(one.id, one.function.name, one.function.arguments)),
    stop_reason: finish_reason,
    model: answer.model,
    response_id: answer.id,
  };
}

/** The SDK's plain stream, for the many answers that its strict helper refuses: it leaves the assembling to its user. */
async function openAiChunks(origin) {
  const client = new OpenAI({ apiKey: "none", baseURL: `${origin}/v1`, maxRetries: 0 });
  const read = { text: "", stop_reason: null };
  for await (const chunk of await client.chat.completions.create({ model: "m", messages, stream: true })) {
    const choice = chunk.choices?.find((one) => (one.index ?? 0) === 0);
    if (typeof choice?.delta?.content === "string") read.text += choice.delta.content;
    read.stop_reason = choice?.finish_reason || read.stop_reason;
  }
  return read;
}

async function openAiResponses(origin) {
  const client = new OpenAI({ apiKey: "none", baseURL: `${origin}/v1`, maxRetries: 0 });
  const answer = await client.responses.stream({ model: "m", input: "hello" }).finalResponse();
  return {
    text: answer.output_text,
    tool_calls: answer.output
      .filter((item) => item.type === "function_call" || item.type === "custom_tool_call")
      .map((item) => call(item.call_id, item.name, item.arguments ?? item.input)),
    input_tokens: answer.usage?.input_tokens ?? null,
    output_tokens: answer.usage?.output_tokens ?? null,
    model: answer.model,
    response_id: answer.id,
  };
}

async function anthropic(origin) {
  const client = new Anthropic({ apiKey: "none", baseURL: origin, maxRetries: 0 });
  const answer = await client.messages.stream({ model: "m", max_tokens: 9, messages }).finalMessage();
  const of = (type, member) => answer.content.filter((b) => b.type === type).map((b) => b[member]).join("");
  const { usage } = answer;
  return {
    text: of("text", "text"),
    reasoning: of("thinking", "thinking"),
    tool_calls: answer.content
      .filter((block) => block.type === "tool_use" || block.type === "server_tool_use")
      .map((block) => call(block.id, block.name, block.input)),
    stop_reason: answer.stop_reason,
    input_tokens: usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0),
    output_tokens: usage.output_tokens,
    model: answer.model,
    response_id: answer.id,
  };
}

async function gemini(origin) {
  const client = new GoogleGenAI({ apiKey: "none", httpOptions: { baseUrl: origin } });
  const read = { text: "", reasoning: "", tool_calls: [], stop_reason: null, model: null };
  for await (const chunk of await client.models.generateContentStream({ model: "m", contents: "hello" })) {
    const candidate = chunk.candidates?.find((one) => (one.index ?? 0) === 0);
    for (const part of candidate?.content?.parts ?? []) {
      if (part.text) read[part.thought ? "reasoning" : "text"] += part.text;
      if (part.functionCall) read.tool_calls.push(call(part.functionCall.id, part.functionCall.name, part.functionCall.args ?? {}));
    }
    read.stop_reason = candidate?.finishReason ?? read.stop_reason;
    read.model = chunk.modelVersion ?? read.model;
    if (chunk.usageMetadata) read.input_tokens = chunk.usageMetadata.promptTokenCount ?? null;
  }
  return read;
}

async function cohere(origin) {
  const client = new CohereClientV2({ token: "none", environment: origin, maxRetries: 0 });
  const read = { text: "", reasoning: "", tool_calls: [], stop_reason: null };
  for await (const event of await client.chatStream({ model: "m", messages })) {
    const message = event.delta?.message;
    if (event.type === "message-start") read.response_id = event.id;
    if (message?.content?.text) read.text += message.content.text;
    if (message?.content?.thinking) read.reasoning += message.content.thinking;
    if (event.type === "tool-plan-delta") read.reasoning += message.toolPlan;
    if (event.type === "tool-call-start") {
      const { id, function: made } = message.toolCalls;
      read.tool_calls.push(call(id, made.name, made.arguments));
    }
    if (event.type === "tool-call-delta") read.tool_calls.at(-1).arguments += message.toolCalls.function.arguments;
    if (event.type === "message-end") {
      read.stop_reason = event.delta.finishReason;
      read.input_tokens = event.delta.usage?.tokens?.inputTokens ?? null;
    }
  }
  return read;
}

async function ollama(origin) {
  const client = new Ollama({ host: origin });
  const read = { text: "", reasoning: "", tool_calls: [], stop_reason: null };
  for await (const part of await client.chat({ model: "m", messages, stream: true })) {
    read.text += part.message?.content ?? part.response ?? "";
    read.reasoning += part.message?.thinking ?? "";
    for (const one of part.message?.tool_calls ?? []) read.tool_calls.push(call("", one.function.name, one.function.arguments));
    read.model = part.model;
    read.stop_reason = part.done_reason ?? read.stop_reason;
    read.output_tokens = part.eval_count ?? null;
  }
  return read;
}

async function bedrock(origin) {
  const credentials = { accessKeyId: "none", secretAccessKey: "none" };
  const client = new BedrockRuntimeClient({
    region: "eu-west-1",
    endpoint: origin,
    credentials,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(), // its usual one speaks HTTP/2 only
  });
  const { stream } = await client.send(new ConverseStreamCommand({ modelId: "m", messages: [] }));
  const read = { text: "", reasoning: "", tool_calls: [], stop_reason: null };
  for await (const event of stream) {
    const delta = event.contentBlockDelta?.delta;
    read.text += delta?.text ?? "";
    read.reasoning += delta?.reasoningContent?.text ?? "";
    const begun = event.contentBlockStart?.start?.toolUse;
    if (begun) read.tool_calls.push(call(begun.toolUseId, begun.name));
    if (delta?.toolUse) read.tool_calls.at(-1).arguments += delta.toolUse.input;
    if (event.messageStop) read.stop_reason = event.messageStop.stopReason;
    if (event.metadata) read.output_tokens = event.metadata.usage.outputTokens;
  }
  for (const one of read.tool_calls) one.arguments ||= "{}";
  return read;
}

/** By the folder of the fixtures that each reads: which bodies, under which content type, and how. */
export const readers = {
  openai_chat: { suffix: ".sse", contentType: "text/event-stream", read: openAiChat, plainly: openAiChunks },
  openai_responses: { suffix: ".sse", contentType: "text/event-stream", read: openAiResponses },
  anthropic_messages: { suffix: ".sse", contentType: "text/event-stream", read: anthropic },
  gemini: { suffix: ".sse", contentType: "text/event-stream", read: gemini },
  cohere_chat: { suffix: ".sse", contentType: "text/event-stream", read: cohere },
  ollama: { suffix: ".ndjson", contentType: "application/x-ndjson", read: ollama },
  bedrock_converse: { suffix: ".bin", contentType: "application/vnd.amazon.eventstream", read: bedrock },
};
