// Brings node_modules in line with package-lock.json: runs `npm ci` when there is none or the lock file
// changed since the last run. Written for any Node from 18 on: it runs before the right Node is installed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = join(root, 'node_modules', '.corpuscope-setup');
const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';

if (stamp !== lockHash) {
  console.error('Setting up: the dependencies are not installed or have changed; running `npm ci` …');
  try {
    // npm's own chatter goes to stderr, so that a command's --json output stays clean.
    execFileSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
      cwd: root,
      // Its install script would download a GPU build; the CPU build is in the package. (npm from 11 on asks
      // `allowScripts` in package.json instead.)
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
      stdio: ['ignore', process.stderr, process.stderr],
    });
  } catch {
    console.error(
      'Set-up failed: `npm ci` did not finish. Look at its messages above; it needs the npm registry once.',
    );
    process.exit(1);
  }
  writeFileSync(stampFile, lockHash);
  console.error('Set-up done.');
}
