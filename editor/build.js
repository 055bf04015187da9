// Bundles the editor: `npm run build`, or `npm run build -- DIRECTORY` to write somewhere else for a comparison.

import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { licences } from "./licences.js";

const here = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2] ?? join(here, "../static");

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["src/editor.js"],
  outfile: join(output, "editor.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  banner: { js: "// Built from editor/ by `npm run build`; the packages in it and their licences: editor.LICENSES.txt" },
});

await writeFile(join(output, "editor.LICENSES.txt"), await licences(here, Object.keys(metafile.inputs)));
