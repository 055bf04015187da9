// The licence texts of the packages that a bundle contains.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The names of the packages that the input files belong to, sorted. */
function packagesOf(inputs) {
  const names = inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

export async function licences(directory, inputs) {
  const notices = packagesOf(inputs).map(async (name) => {
    const folder = join(directory, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const text = await readFile(join(folder, "LICENSE"), "utf8");
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return (await Promise.all(notices)).join(`\n${"-".repeat(80)}\n\n`);
}
