// SPDX-License-Identifier: MIT
// Our tokens are the official SDK's, byte for byte, whatever is in them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Lava } from "@lavapayments/nodejs";

import { lavascope } from "./programs.mjs";

// A small generator with a fixed seed: a failure can be looked at again.
function makeRandom(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

// U+FEFF is a byte order mark for those who decode text, and a character like any other for the SDK.
const alphabet = [..."\ufeffabcXYZ019-_.~ \"\\/<>&'\t\n\u0001\u007f\u00e9\u2028\u{1F600}\u{10FFFF}日本語ًا"];
const combinations = 250;

function randomText(random) {
  return Array.from({ length: random(24) }, () => alphabet[random(alphabet.length)]).join("");
}

// Undefined (absent), null or a value, each as likely.
function randomField(random, makeValue) {
  return [undefined, null, makeValue(random)][random(3)];
}

test(`${combinations} random combinations of fields`, async () => {
  const random = makeRandom(20261123);
  for (let i = 0; i < combinations; i++) {
    const secretKey = `aks_${random(2) ? "test" : "live"}_${randomText(random)}x`.trim();
    const fields = {
      customer_id: randomField(random, randomText),
      meter_slug: randomField(random, randomText),
      provider_key: randomField(random, (r) => `sk-${randomText(r)}x`.trim()),
      disable_billing: [undefined, false, true][random(3)],
    };
    const args = ["token", "build", "--secret-key", "env:TEST_SECRET_KEY"];
    if (fields.customer_id === null) args.push("--null", "customer_id");
    else if (fields.customer_id !== undefined) args.push(`--customer-id=${fields.customer_id}`);
    if (fields.meter_slug === null) args.push("--null", "meter_slug");
    else if (fields.meter_slug !== undefined) args.push(`--meter-slug=${fields.meter_slug}`);
    if (fields.provider_key === null) args.push("--null", "provider_key");
    else if (fields.provider_key !== undefined) args.push("--provider-key", "env:TEST_PROVIDER_KEY");
    if (fields.disable_billing !== undefined) args.push(`--disable-billing=${fields.disable_billing}`);

    const ours = await lavascope(args, {
      env: { TEST_SECRET_KEY: secretKey, TEST_PROVIDER_KEY: fields.provider_key ?? "" },
    });
    const theirs = new Lava(secretKey).generateForwardToken(fields);
    assert.equal(ours.out, `${theirs}\n`, `fields ${JSON.stringify({ secretKey, ...fields })}\n${ours.err}`);
    assert.equal(ours.code, 0);
  }
});

test("what the SDK builds, we read", async () => {
  const token = new Lava("aks_test_round_trip_00").generateForwardToken({
    customer_id: "conn_é\"\\",
    meter_slug: "my-meter",
    provider_key: "sk-ant-EXAMPLE-0000000",
    disable_billing: true,
  });
  const { out, code } = await lavascope(["token", "inspect", "--json"], { input: token });
  const report = JSON.parse(out);
  assert.equal(code, 0);
  assert.equal(report.kind, "forward_token");
  assert.equal(report.generation, "customer_meter");
  assert.equal(report.mode, "test");
  assert.equal(report.usable, true);
  assert.equal(report.fields.find(({ name }) => name === "customer_id").value, "conn_é\"\\");
  assert.ok(!out.includes("aks_test_round_trip_00") && !out.includes("sk-ant-EXAMPLE-0000000"));
});
