// SPDX-License-Identifier: MIT
// What a person would write in Node to inspect a file of tokens, one a line: the peer of `token inspect --lines`.
// Base64, JSON, kind, generation, mode, payer, every field masked with a fingerprint, and the commonest findings.
import { createHash } from "node:crypto";
import { readFileSync, writeSync } from "node:fs";

const fingerprint = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);
const masked = (text) => {
  const prefix = /^(aks_(?:live|test)_|sk-(?:ant|proj)-|sk-|eyJ)?/.exec(text)[0];
  return `${prefix}…${text.length >= prefix.length + 12 ? text.slice(-4) : ""}`;
};
const names = ["secret_key", "customer_id", "meter_slug", "provider_key", "disable_billing"];
const secrets = new Set(["secret_key", "provider_key"]);

function inspect(line) {
  const findings = [];
  const add = (severity, code, message, fix) => findings.push({ severity, code, message, fix, offset: 0 });
  let token = line.trim();
  const layers = [];
  if (/^bearer /i.test(token)) {
    layers.push("bearer");
    token = token.slice(7);
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token) || token.length % 4 !== 0)
    add("error", "base64_bad_character", "It is not base64.", "Copy the token again.");
  let json = null;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(token, "base64")));
  } catch (error) {
    add("error", "json_invalid", error.message, "Copy the token again, or build a new one.");
  }
  const fields = names.map((name) => {
    const value = json?.[name];
    const state = value === undefined ? "absent" : value === null ? "null" : "value";
    const isSecret = secrets.has(name) && state === "value";
    return {
      name,
      state,
      value: isSecret || state !== "value" ? null : String(value),
      masked: state !== "value" ? null : isSecret ? masked(String(value)) : String(value),
      fingerprint: isSecret ? fingerprint(String(value)) : null,
    };
  });
  if (json && typeof json.secret_key !== "string")
    add("error", "secret_key_missing", "secret_key is missing.", "Build the token again.");
  if (json?.customer_id && !json?.meter_slug)
    add("error", "customer_without_meter", "A customer without a meter.", "Add meter_slug.");
  for (const name of Object.keys(json ?? {}))
    if (!names.includes(name)) add("warning", "unknown_field", `${name} is no field of a token.`, "");
  const mode = json?.secret_key?.startsWith("aks_test_") ? "test" : json?.secret_key?.startsWith("aks_live_") ? "live" : "unknown";
  const payer = json?.customer_id ? (json.disable_billing ? "merchant_customer_tracked" : "customer") : json?.meter_slug ? "merchant_metered" : json?.provider_key ? "provider_account" : "merchant";
  const usable = !findings.some(({ severity }) => severity === "error");
  return {
    kind: "forward_token",
    usable,
    generation: json && Object.keys(json).length > 1 ? "customer_meter" : "minimal",
    mode,
    payer,
    headline: usable ? `${mode} forward token: ${payer} pays.` : findings[0].message,
    fields,
    unknown_fields: Object.keys(json ?? {}).filter((name) => !names.includes(name)),
    layers,
    findings,
  };
}

let out = "";
for (const line of readFileSync(process.argv[2], "latin1").split("\n")) {
  if (line.trim() === "") continue;
  out += `${JSON.stringify(inspect(line))}\n`;
  if (out.length > 65536) {
    writeSync(1, out);
    out = "";
  }
}
writeSync(1, out);
