// Builds the pages into the folder given by --out: installs packages when the lock changed, runs vite when a source changed, and writes
// .br and .gz beside each file. Several builds may call it at once; one works, the others wait and find it done.
// Exit codes: 0 done, 3 cannot be built on this machine (no packages, Node.js too old), 1 the pages have an error.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const option = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined)
const out = resolve(option('--out') ?? join(root, '..', 'obj', 'pages'))
const fingerprintFile = '.fingerprint'
const compressible = /\.(js|css|html|svg|json|txt|webmanifest)$/

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node.js ${process.versions.node} is too old; 20.19 or newer builds them`)
  process.exit(3)
}

const skipped = new Set(['node_modules', 'pictures', 'README.md'])
function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (skipped.has(entry.name) || entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* sources(path)
    else yield path
  }
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const path of sources(root)) hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

const isBuilt = (expected) => existsSync(join(out, fingerprintFile)) && readFileSync(join(out, fingerprintFile), 'utf8') === expected

/** One build at a time; a lock whose owner is gone is taken over. */
async function lock(folder) {
  mkdirSync(dirname(folder), { recursive: true })
  for (;;) {
    try {
      mkdirSync(folder)
      writeFileSync(join(folder, 'pid'), String(process.pid))
      return () => rmSync(folder, { recursive: true, force: true })
    } catch (problem) {
      if (problem.code !== 'EEXIST') throw problem
    }
    if (isOrphan(folder)) rmSync(folder, { recursive: true, force: true })
    else await new Promise((done) => setTimeout(done, 100))
  }
}

function isOrphan(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0)
    return false
  } catch (problem) {
    if (problem.code === 'ESRCH') return true
    // No pid yet: its owner is between the two calls, or died there long ago.
    try {
      return problem.code === 'ENOENT' && Date.now() - statSync(folder).mtimeMs > 10_000
    } catch {
      return false
    }
  }
}

function installPackages() {
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(`node ${major}`).digest('hex')
  const mark = join(root, 'node_modules', '.edgeagent-lock')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' })
  if (npm.status !== 0) {
    console.error(`npm ci failed: ${(npm.error?.message ?? npm.stderr).trim().split('\n').slice(0, 3).join(' / ')}`)
    process.exit(3)
  }
  writeFileSync(mark, wanted)
}

async function compress(folder) {
  const work = []
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !compressible.test(entry.name) || statSync(path).size < 512) continue
    const content = readFileSync(path)
    work.push(
      promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } })
        .then((bytes) => writeFileSync(path + '.br', bytes)),
      promisify(gzip)(content, { level: 9 }).then((bytes) => writeFileSync(path + '.gz', bytes)),
    )
  }
  await Promise.all(work)
}

const release = await lock(out + '.lock')
process.on('exit', release)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

const expected = fingerprint()
if (!isBuilt(expected)) {
  installPackages()
  const fresh = out + '.new'
  rmSync(fresh, { recursive: true, force: true })
  const { build } = await import('vite')
  try {
    await build({ root, configFile: join(root, 'vite.config.mjs'), logLevel: 'warn', build: { outDir: fresh }, cacheDir: out + '.cache' })
  } catch (problem) {
    console.error(problem.message ?? problem)
    process.exit(1)
  }
  await compress(fresh)
  writeFileSync(join(fresh, fingerprintFile), expected)
  rmSync(out, { recursive: true, force: true })
  renameSync(fresh, out)
  console.log(`pages built into ${relative(process.cwd(), out) || '.'}${sep}`)
}
// Still under the lock: builds at the same time must not write it at the same time.
if (option('--stamp')) writeFileSync(option('--stamp'), option('--names') ?? '')
