// SPDX-License-Identifier: MIT
// The peer of `token inspect --lines`: what one would write in Node to say the same of a file of tokens, one a line.
// Its output is compared with ours, document by document, before any time is looked at. It leaves out what only a
// parser of one's own can do (duplicate names, byte offsets inside the JSON, broken tokens), so it has less to do.
import { createHash } from "node:crypto";
import { readFileSync, writeSync } from "node:fs";

const names = ["secret_key", "customer_id", "meter_slug", "provider_key", "disable_billing"];
const known = new Set(names);
const secret = new Set(["secret_key", "provider_key"]);
const utf8 = new TextDecoder("utf-8", { fatal: true });
const canonical = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const prefix = /^(?:aks_live_|aks_test_|cons_live_|lava_sk_|lava_wk_|sk-proj-|sk-ant-|ps_live_|sk_live_|gsk_|xai-|AIza|sk-|sk_|eyJ)/;
const invisible = /[\p{Cc}\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufff0-\ufffb]/u;
const lookalike = /[\u0391-\u03f3\u0405-\u051d\u2010-\u2015\u2212\uff01-\uff5e]/;
const credential = /aks_live_|aks_test_|lava_sk_|lava_wk_|cons_live_|sk-ant-|sk-proj-|sk_live_|AIza|eyJ|gsk_/;
const flagRemark = {
  severity: "warning",
  code: "disable_billing_meaningless",
  message: "Values: disable_billing matters only together with customer_id and meter_slug.",
  fix: "Leave it out, or add both.",
};

const fingerprint = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);

function masked(text) {
  const shown = prefix.exec(text)?.[0] ?? "";
  const end = text.length >= shown.length + 12 && /^[!-~]{4}$/.test(text.slice(-4)) ? text.slice(-4) : "";
  return `${shown}…${end}`;
}

function checkText(name, text, findings) {
  const severity = secret.has(name) ? "error" : "warning";
  const add = (code) => findings.push({ severity, code, message: `Values: ${name}`, fix: "", offset: 0 });
  if (text === "") add("empty_value");
  if (text.trim() !== text) add("blanks_around_value");
  if (invisible.test(text)) add("invisible_in_value");
  if (lookalike.test(text)) add("lookalike_in_value");
  if (name === "secret_key" && !/^aks_(?:live|test)_/.test(text)) add("secret_key_wrong_kind");
  if (name === "provider_key" && /^(?:aks_|lava_|eyJ)/.test(text)) add("provider_key_wrong_kind");
  if (!secret.has(name) && credential.test(text)) add("credential_in_id");
  if (name === "meter_slug" && text.startsWith("prd_")) add("meter_id_for_slug");
  if (name === "customer_id" && /^(?:req_|prd_)/.test(text)) add("customer_id_wrong_kind");
}

function payment(fields) {
  const { customer_id: customer, meter_slug: meter } = fields;
  const own = fields.provider_key
    ? ", while the provider charges the owner of the provider key for its own cost"
    : "";
  if (customer && meter && fields.disable_billing)
    return ["merchant_customer_tracked", `the merchant's wallet pays; customer ${customer} is recorded under meter ${meter} but not charged${own}`];
  if (customer && meter) return ["customer", `customer ${customer} pays, priced by meter ${meter}${own}`];
  if (meter) return ["merchant_metered", `the merchant's wallet pays, attributed to meter ${meter}${own}`];
  if (fields.provider_key)
    return ["provider_account", "the provider charges the owner of the provider key, and Lava only meters"];
  return ["merchant", "the merchant's wallet pays"];
}

function inspect(line) {
  const findings = [];
  const layers = [];
  let token = line.trim();
  if (/^bearer\s/i.test(token)) {
    layers.push("bearer");
    token = token.slice(6).trim();
  }
  if (!canonical.test(token)) throw new Error("the bench's tokens are well formed");
  const fields = JSON.parse(utf8.decode(Buffer.from(token, "base64")));
  const shown = names.map((name) => {
    const value = fields[name];
    const state = value === undefined ? "absent" : value === null ? "null" : "value";
    if (state !== "value") return { name, state, value: null, masked: null, fingerprint: null };
    if (typeof value === "string") checkText(name, value, findings);
    if (secret.has(name)) return { name, state, value: null, masked: masked(value), fingerprint: fingerprint(value) };
    return { name, state, value: String(value), masked: String(value), fingerprint: null };
  });
  const unknown = Object.keys(fields).filter((name) => !known.has(name));
  if (fields.disable_billing && !(fields.customer_id && fields.meter_slug)) findings.push({ ...flagRemark, offset: 0 });
  const mode = fields.secret_key.startsWith("aks_live_") ? "live" : fields.secret_key.startsWith("aks_test_") ? "test" : "unknown";
  const [payer, phrase] = payment(fields);
  const isMinimal = !("customer_id" in fields || "meter_slug" in fields || "disable_billing" in fields);
  return {
    kind: "forward_token",
    usable: !findings.some(({ severity }) => severity === "error"),
    generation: isMinimal ? "minimal" : "customer_meter",
    mode,
    payer,
    host: mode === "live" ? "https://api.lava.so" : "https://sandbox-api.lavapayments.com",
    headline: `${mode === "live" ? "Live" : "Test"} forward token: ${phrase}.`,
    fields: shown,
    unknown_fields: unknown,
    layers,
    findings,
  };
}

let out = "";
for (const line of readFileSync(process.argv[2], "utf8").split("\n")) {
  if (line.trim() === "") continue;
  out += `${JSON.stringify(inspect(line))}\n`;
  if (out.length > 65536) {
    writeSync(1, out);
    out = "";
  }
}
writeSync(1, out);
