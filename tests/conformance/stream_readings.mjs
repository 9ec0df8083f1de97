// SPDX-License-Identifier: MIT
// The official SDKs as readers of one stored answer: each asks a server that sends nothing but those bytes, and what it
// made of them is put into the words of `lavascope-cli replay --json`.
import Anthropic from "@anthropic-ai/sdk";
import {
  BedrockRuntimeClient,
  ConverseStreamCommand,
  InvokeModelWithResponseStreamCommand,
} from "@aws-sdk/client-bedrock-runtime";
import { ElevenLabsClient } from "@elevenlabs/elevenlabs-js";
import { GoogleGenAI } from "@google/genai";
import { Mistral } from "@mistralai/mistralai";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { CohereClient, CohereClientV2 } from "cohere-ai";
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

/** Completions as they were before chat; the SDK leaves the assembling to its user. */
async function openAiCompletions(origin) {
  const client = new OpenAI({ apiKey: "none", baseURL: `${origin}/v1`, maxRetries: 0 });
  const read = { text: "", stop_reason: null };
  for await (const chunk of await client.completions.create({ model: "m", prompt: "hello", stream: true })) {
    read.text += chunk.choices?.[0]?.text ?? "";
    read.stop_reason = chunk.choices?.[0]?.finish_reason || read.stop_reason;
    read.model = chunk.model;
  }
  return read;
}

/** Transcripts and pictures. Speech has no stream in this SDK, only bytes. */
async function openAiMedia(origin, name) {
  const client = new OpenAI({ apiKey: "none", baseURL: `${origin}/v1`, maxRetries: 0 });
  if (name.startsWith("transcript")) {
    const file = new File(["x"], "x.mp3");
    const read = { text: "" };
    for await (const event of await client.audio.transcriptions.create({ model: "m", file, stream: true })) {
      if (event.type === "transcript.text.delta") read.text += event.delta;
      if (event.type === "transcript.text.done") read.text = event.text;
      if (event.usage) read.total_tokens = event.usage.total_tokens;
    }
    return read;
  }
  const pictures = [];
  let whole = 0;
  for await (const event of await client.images.generate({ model: "m", prompt: "a tide", stream: true })) {
    pictures[whole] = Buffer.from(event.b64_json, "base64").length; // a partial picture is a full one
    if (event.type.endsWith(".completed")) whole += 1;
  }
  return { media_bytes: pictures };
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
      .filter((block) => ["tool_use", "server_tool_use", "mcp_tool_use"].includes(block.type))
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

async function geminiInteractions(origin) {
  const client = new GoogleGenAI({ apiKey: "none", httpOptions: { baseUrl: origin } });
  const read = { text: "", reasoning: "", tool_calls: [], response_id: null };
  for await (const event of await client.interactions.create({ model: "m", input: "hello", stream: true })) {
    read.response_id = event.interaction?.id ?? read.response_id;
    if (event.event_type === "step.start" && event.step?.type === "function_call")
      read.tool_calls.push(call(event.step.id, event.step.name));
    const { delta } = event;
    if (delta?.type === "text") read.text += delta.text;
    if (delta?.type === "thought_summary") read.reasoning += delta.content?.text ?? "";
    if (delta?.type === "arguments_delta") read.tool_calls.at(-1).arguments += delta.arguments;
  }
  return read;
}

async function mistral(origin) {
  const client = new Mistral({ apiKey: "none", serverURL: origin, retryConfig: { strategy: "none" } });
  const read = { text: "", reasoning: "", stop_reason: null };
  for await (const { data } of await client.chat.stream({ model: "m", messages })) {
    const choice = data.choices.find((one) => one.index === 0);
    const { content } = choice?.delta ?? {};
    if (typeof content === "string") read.text += content;
    for (const part of Array.isArray(content) ? content : []) {
      if (part.type === "text") read.text += part.text;
      if (part.type === "thinking") read.reasoning += part.thinking.map((one) => one.text ?? "").join("");
    }
    read.stop_reason = choice?.finishReason || read.stop_reason;
    read.model = data.model;
    read.response_id = data.id;
    if (data.usage) read.output_tokens = data.usage.completionTokens;
  }
  return read;
}

async function mistralConversations(origin) {
  const client = new Mistral({ apiKey: "none", serverURL: origin, retryConfig: { strategy: "none" } });
  const read = { text: "", tool_calls: [], response_id: null };
  for await (const { data } of await client.beta.conversations.startStream({ model: "m", inputs: "hello" })) {
    if (data.type === "conversation.response.started") read.response_id = data.conversationId;
    if (data.type === "message.output.delta")
      for (const part of typeof data.content === "string" ? [{ type: "text", text: data.content }] : [data.content].flat())
        if (part.type === "text") read.text += part.text;
    if (data.type === "function.call.delta") {
      const known = read.tool_calls.find((one) => one.id === data.toolCallId);
      if (known) known.arguments += data.arguments;
      else read.tool_calls.push(call(data.toolCallId, data.name, data.arguments));
    }
    if (data.type === "conversation.response.done") read.total_tokens = data.usage.totalTokens;
  }
  return read;
}

async function elevenLabs(origin) {
  const client = new ElevenLabsClient({ apiKey: "none", baseUrl: origin, environment: origin });
  const read = { text: "", media_bytes: [0] };
  for await (const piece of await client.textToSpeech.streamWithTimestamps("v", { text: "Hi" }, { maxRetries: 0 })) {
    read.text += (piece.alignment?.characters ?? []).join("");
    read.media_bytes[0] += Buffer.from(piece.audioBase64, "base64").length;
  }
  return read;
}

async function cohereV1(origin) {
  const client = new CohereClient({ token: "none", environment: origin, maxRetries: 0 });
  const read = { text: "", stop_reason: null };
  for await (const event of await client.chatStream({ message: "hello" })) {
    if (event.eventType === "stream-start") read.response_id = event.generationId;
    if (event.eventType === "text-generation") read.text += event.text;
    if (event.eventType === "tool-calls-generation")
      read.tool_calls = event.toolCalls.map((one) => call("", one.name, one.parameters));
    if (event.eventType === "stream-end") read.stop_reason = event.finishReason;
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

const bedrockClient = (origin) =>
  new BedrockRuntimeClient({
    region: "eu-west-1",
    endpoint: origin,
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(), // its usual one speaks HTTP/2 only
  });

/** The frames as Amazon's own codec opens them; what is in them is the model's own family's. */
async function bedrockInvoke(origin) {
  const { body } = await bedrockClient(origin).send(new InvokeModelWithResponseStreamCommand({ modelId: "m" }));
  let text = "";
  for await (const event of body) {
    if (!event.chunk) continue;
    const own = JSON.parse(Buffer.from(event.chunk.bytes).toString());
    text += own.content_block?.text ?? own.delta?.text ?? own.choices?.[0]?.delta?.content ?? "";
  }
  return { text };
}

async function bedrock(origin) {
  const client = bedrockClient(origin);
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

const sse = { suffix: ".sse", contentType: "text/event-stream" };
const lines = { suffix: ".ndjson", contentType: "application/x-ndjson" };
const frames = { suffix: ".bin", contentType: "application/vnd.amazon.eventstream" };

/** Which stored answers each reads, under which content type and how; `least` of them it must get through. */
export const readers = [
  { ...sse, folder: "openai_chat", read: openAiChat, plainly: openAiChunks, least: 30 },
  { ...sse, folder: "openai_chat", only: /^completions/, read: openAiCompletions, least: 1 },
  { ...sse, folder: "openai_chat", only: /mistral/, read: mistral, least: 1 },
  { ...sse, folder: "openai_responses", read: openAiResponses, least: 8 },
  { ...sse, folder: "openai_media", only: /^(transcript|image)/, read: openAiMedia, least: 3 },
  { ...sse, folder: "anthropic_messages", read: anthropic, least: 10 },
  { ...sse, folder: "gemini", read: gemini, least: 8 },
  { ...sse, folder: "gemini_interactions", read: geminiInteractions, least: 1 },
  { ...sse, folder: "cohere_chat", read: cohere, least: 4 },
  { ...lines, folder: "cohere_v1", read: cohereV1, least: 2 },
  { ...sse, folder: "mistral_conversations", read: mistralConversations, least: 1 },
  { ...lines, folder: "ollama", read: ollama, least: 6 },
  { ...frames, folder: "bedrock_converse", only: /^(?!invoke)/, read: bedrock, least: 4 },
  { ...frames, folder: "bedrock_converse", only: /^invoke/, read: bedrockInvoke, dialect: null, least: 2 },
  { ...lines, folder: "elevenlabs", read: elevenLabs, least: 2 },
];
