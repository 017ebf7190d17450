// A real browser: Debian's chromium, driven by playwright-core from a folder that outlives the suite.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

const playwright = 'playwright-core@1.65.1';
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A browser that has nothing to do on its own and reaches nothing. */
export async function browser() {
  if (!existsSync(executablePath)) throw new Error(`${executablePath} is not there: install chromium, or name it in CHROMIUM`);
  const { chromium } = driver();
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
  return chromium.launch({ executablePath, args });
}

function driver() {
  const cache = process.env.POOLPROOF_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'poolproof');
  const folder = join(cache, 'pages', playwright);
  if (!existsSync(join(folder, 'node_modules/playwright-core'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', playwright], { cwd: folder, stdio: 'inherit' });
  }
  return createRequire(join(folder, 'package.json'))('playwright-core');
}
