// Loads the WebAssembly module, mounts the page and keeps it alive.
//
// A trap leaves a WebAssembly instance unusable, and nothing inside it can recover. So this script, which stays
// outside, watches for traps, throws the dead instance's page away and mounts a fresh instance. The new page finds
// what happened in the attribute `data-crash` of its root, `#app`. A panic message, which the trap itself does not
// carry, is left for this script in the attribute `data-panic` by the Rust panic hook.

const RESTARTS = 3;
const RESTART_WINDOW_MS = 60_000;

const names = document.querySelector('meta[name="loopscope-module"]');
const glueUrl = new URL(names.content, document.baseURI);
const wasmUrl = new URL(names.dataset.wasm, document.baseURI);

/** Lets the page load parts of itself when it first needs them: a WebAssembly module cannot import by itself. */
globalThis.loopscopeImport = (path) => import(new URL(path, document.baseURI));

let compiled;
let generation = 0;
let restartTimes = [];
let stopped = false;

/** Compiles the module once; a server with the wrong MIME type for wasm costs streaming, not the page. */
async function compile() {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`${wasmUrl}: ${response.status} ${response.statusText}`);
  const isWasm = response.headers.get("Content-Type")?.startsWith("application/wasm");
  return isWasm ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** An empty root in the place of the old one, whose listeners die with it. */
function freshRoot() {
  const root = document.createElement("div");
  root.id = "app";
  document.getElementById("app").replaceWith(root);
  return root;
}

/** Mounts a new instance; `crash` tells it why the one before it died. */
async function mount(crash) {
  generation += 1;
  // The glue keeps its instance in module scope: another query makes another module, hence another instance.
  if (generation > 1) glueUrl.search = `?instance=${generation}`;
  compiled ??= compile();
  const [glue, module] = await Promise.all([import(glueUrl), compiled]);
  // Meanwhile the page may have been given up.
  if (stopped) return;
  const root = freshRoot();
  if (crash) root.dataset.crash = crash;
  await glue.default({ module_or_path: module });
}

/** Ends the page with a message that any reader can act on. */
function giveUp(message) {
  stopped = true;
  const text = document.createElement("p");
  text.className = "boot";
  text.setAttribute("role", "alert");
  text.textContent = message;
  freshRoot().append(text);
}

/** Whether an error means that the current instance can no longer be used. */
function isTrap(error) {
  if (error instanceof WebAssembly.RuntimeError) return true;
  return error instanceof RangeError && /wasm/.test(error.stack ?? "");
}

/** Errors of an instance that was replaced already; its timers may still fire. */
function isFromOldInstance(error) {
  const stack = error.stack ?? "";
  if (!stack.includes(glueUrl.pathname)) return false;
  return generation > 1 && !stack.includes(`?instance=${generation}`);
}

function mayRestart() {
  const now = performance.now();
  restartTimes = restartTimes.filter((time) => now - time < RESTART_WINDOW_MS);
  restartTimes.push(now);
  return restartTimes.length <= RESTARTS;
}

async function supervise(error) {
  if (stopped || !isTrap(error) || isFromOldInstance(error)) return;
  const report = document.getElementById("app").dataset.panic ?? String(error);
  if (!mayRestart()) {
    giveUp(`Loopscope failed several times in a row and stopped. Your program is kept; reload the page to try again.\n\n${report}`);
    return;
  }
  await start(report);
}

async function start(crash) {
  try {
    await mount(crash);
  } catch (error) {
    if (isTrap(error)) await supervise(error);
    else giveUp(`Loopscope could not be loaded: ${error.message ?? error}`);
  }
}

addEventListener("error", (event) => supervise(event.error));
addEventListener("unhandledrejection", (event) => supervise(event.reason));

if (typeof WebAssembly === "object") start();
else giveUp("Loopscope needs WebAssembly, which this browser does not offer.");
