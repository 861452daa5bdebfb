// Makes what the console's pages load: node build.mjs WORK OUT
//
// WORK  a folder for npm's packages; npm runs again only when package-lock.json has changed
// OUT   gets each file as it is, as FILE.gz and as FILE.br, and index.txt: a line "hash VALUE", then a line a file
//
// The hash is of everything, and stands in every address: a page never mixes the files of two versions, and a browser
// may keep them for ever.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const [work, out] = process.argv.slice(2);
const sha = (...parts) => parts.reduce((all, part) => all.update(part), createHash('sha256')).digest('hex');
const stored = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function install() {
  const lock = readFileSync(join(here, 'package-lock.json'));
  const stamp = join(work, 'installed');
  if (stored(stamp) === sha(lock)) return;
  mkdirSync(work, { recursive: true });
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) copyFileSync(join(here, file), join(work, file));
  const windows = process.platform === 'win32';
  const npm = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: work,
    encoding: 'utf8',
    shell: windows,
  });
  if (npm.error || npm.status !== 0) {
    console.error(`npm ci failed: ${npm.error ?? ''}\n${npm.stdout ?? ''}${npm.stderr ?? ''}`);
    process.exit(1);
  }
  writeFileSync(stamp, sha(lock));
}

const pkg = (path) => readFileSync(join(work, 'node_modules', path), 'utf8').replace(/\r\n/g, '\n');
const unmapped = (text) => text.replace(/\n?(\/\/|\/\*)# sourceMappingURL=[^\n]*/g, '');

/** A package of many modules as one, otherwise as its authors wrote it: whoever gets it can read it. */
async function bundled(path) {
  const { build } = await import(pathToFileURL(resolve(work, 'node_modules/esbuild/lib/main.js')));
  const made = await build({
    entryPoints: [`./${path}`],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'inline',
    absWorkingDir: resolve(work, 'node_modules'),
  });
  return made.outputFiles[0].text;
}

/** What is served, by name. Of the packages only what pages use; our own beside it. */
async function files() {
  const served = new Map();
  served.set('tabler.css', unmapped(pkg('@tabler/core/dist/css/tabler.min.css')));
  served.set('htmx.js', unmapped(pkg('htmx.org/dist/htmx.min.js')));
  served.set('sse.js', unmapped(pkg('htmx-ext-sse/dist/sse.min.js')));
  served.set('uplot.css', pkg('uplot/dist/uPlot.min.css'));
  // The small build, as a module for `import uPlot from './uplot.js'`.
  served.set('uplot.js', `${unmapped(pkg('uplot/dist/uPlot.iife.min.js'))}\nexport default uPlot;\n`);
  served.set('novnc.js', await bundled('@novnc/novnc/core/rfb.js'));
  served.set('xterm.js', unmapped(pkg('@xterm/xterm/lib/xterm.mjs')));
  served.set('xterm.css', pkg('@xterm/xterm/css/xterm.css'));
  served.set('xterm-fit.js', unmapped(pkg('@xterm/addon-fit/lib/addon-fit.mjs')));
  served.set('notices.txt', notices());
  const own = join(here, 'assets');
  for (const name of readdirSync(own).sort()) served.set(name, readFileSync(join(own, name)));
  return served;
}

/** Whose work is in there, with the texts that their licences ask to be handed on. */
function notices() {
  const parts = [
    ['@tabler/core', readFileSync(join(here, 'tabler-licence.txt'), 'utf8')],
    ['htmx.org', pkg('htmx.org/LICENSE')],
    ['htmx-ext-sse', pkg('htmx-ext-sse/LICENSE')],
    ['uplot', pkg('uplot/LICENSE')],
    ['@novnc/novnc', `${pkg('@novnc/novnc/LICENSE.txt')}\n${pkg('@novnc/novnc/AUTHORS')}`],
    ['@xterm/xterm', pkg('@xterm/xterm/LICENSE')],
    ['@xterm/addon-fit', pkg('@xterm/addon-fit/LICENSE')],
  ];
  const heading = ([name]) => `${name} ${JSON.parse(pkg(`${name}/package.json`)).version}`;
  return ['The console contains work of others.']
    .concat(parts.map((part) => `${heading(part)}\n${'-'.repeat(heading(part).length)}\n${part[1].trim()}`))
    .join('\n\n')
    .concat('\n');
}

install();
const served = [...(await files())].map(([name, text]) => [name, Buffer.from(text)]);
const hash = sha(...served.flatMap(([name, bytes]) => [name, '\0', String(bytes.length), '\0', bytes])).slice(0, 16);
const index = `hash ${hash}\n${served.map(([name]) => name).join('\n')}\n`;
if (stored(join(out, 'index.txt')) !== index) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const [name, bytes] of served) {
    writeFileSync(join(out, name), bytes);
    writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(
      join(out, `${name}.br`),
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    );
  }
  // Last: whoever finds it finds all of them.
  writeFileSync(join(out, 'index.txt'), index);
}
