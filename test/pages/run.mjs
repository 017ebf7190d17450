// The page of prove --html in a real browser: light and dark, wide and narrow, on paper, by keyboard, without scripts.
//   node test/pages/run.mjs [--shots FOLDER]     also writes pictures to look at
// Needs Chromium. Last line: N passed, N failed.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { barriers, faintTexts, focused, overflowing, reachable } from './in-page.mjs';
import { writePages } from './pages.mjs';
import { browser } from './tools.mjs';

const { values } = parseArgs({ options: { shots: { type: 'string' } } });
/** A4 across, without its margins, at 96 pixels an inch. */
const paperWidth = Math.floor(((297 - 24) / 25.4) * 96);
const work = mkdtempSync(join(tmpdir(), 'poolproof-pages-'));
let passed = 0;
let failed = 0;
let chromium;

try {
  const pages = await writePages(work);
  chromium = await browser();
  for (const [name, file] of Object.entries(pages)) {
    for (const colorScheme of ['light', 'dark'])
      for (const width of [1280, 400]) await looks(name, file, { colorScheme, viewport: { width, height: 900 } });
    await keyboard(name, file);
    await paper(name, file);
    await withoutScripts(name, file);
  }
  await readAloud(pages.sample);
  await filter(pages.sample);
  await hostile(pages.hostile);
} finally {
  await chromium?.close();
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Opens a page with the network cut, and notes whatever it asks for, says or shows that it should not. */
async function open(file, options) {
  const context = await chromium.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const noise = [];
  page.on('console', (message) => noise.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    noise.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  const url = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url() !== url && request.url() !== 'data:,') noise.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, noise, close: () => context.close() };
}

async function looks(name, file, options) {
  const { colorScheme, viewport } = options;
  const title = `${name}, ${colorScheme}, ${viewport.width} wide`;
  const { page, noise, close } = await open(file, options);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  check(`${title}: says and loads nothing`, noise);
  check(`${title}: no wider than the window`, await page.evaluate(overflowing));
  check(`${title}: every text can be read`, await page.evaluate(faintTexts));
  check(`${title}: nothing to stumble over`, await page.evaluate(barriers));
  if (values.shots !== undefined) {
    mkdirSync(values.shots, { recursive: true });
    await page.screenshot({ path: join(values.shots, `${name}-${colorScheme}-${viewport.width}.png`), fullPage: true });
  }
  await close();
}

async function keyboard(name, file) {
  const { page, close } = await open(file, { viewport: { width: 1280, height: 900 } });
  const wanted = await page.evaluate(reachable);
  const reached = new Set();
  const faults = [];
  for (let press = 0; press <= wanted; press++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(focused);
    if (!focus) break;
    reached.add(focus.index);
    if (!focus.isVisible) faults.push(`focus ${press} cannot be seen`);
  }
  check(`${name}: Tab reaches all ${wanted}`, reached.size === wanted ? faults : [`reached ${reached.size}`, ...faults]);
  await close();
}

async function paper(name, file) {
  const { page, close } = await open(file, { viewport: { width: paperWidth, height: 700 } });
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  check(`${name}: prints`, pages > 0 ? [] : ['no page']);
  await page.emulateMedia({ media: 'print' });
  check(`${name}: no wider than the paper`, await page.evaluate(overflowing));
  const folded = () => [...document.querySelectorAll('details table')].filter((table) => !table.checkVisibility()).length;
  const hidden = await page.evaluate(folded);
  check(`${name}: paper unfolds what is folded`, hidden === 0 ? [] : [`${hidden} tables are hidden`]);
  await close();
}

async function withoutScripts(name, file) {
  const texts = [];
  for (const javaScriptEnabled of [true, false]) {
    const { page, close } = await open(file, { javaScriptEnabled });
    texts.push(await page.locator('body').ariaSnapshot());
    await close();
  }
  check(`${name}: the same without scripts`, texts[0] === texts[1] && texts[0] !== '' ? [] : ['it differs']);
}

/** What assistive technology gets. */
async function readAloud(file) {
  const { page, close } = await open(file);
  const heard = await page.locator('body').ariaSnapshot();
  const wanted = [
    'banner:',
    'navigation "Sections"',
    'main:',
    'region "Overview"',
    'heading "What stands in the way" [level=2]',
    'table "Pools"',
    'rowheader "general"',
    'columnheader "Share that is left"',
    'cell "refuted"',
    'radio "proved"',
  ];
  check(
    'sample: is read aloud',
    wanted.filter((part) => !heard.includes(part)).map((part) => `not heard: ${part}`),
  );
  await close();
}

async function filter(file) {
  const { page, close } = await open(file);
  const names = () => page.locator('#workloads tbody tr:visible th').allInnerTexts();
  const all = await names();
  await page.locator('#show-all').focus();
  await page.keyboard.press('ArrowDown');
  const refuted = await names();
  check(
    'sample: the arrow keys choose what is shown',
    all.length === 3 && refuted.length === 1 ? [] : [`${all.length}, ${refuted.length}`],
  );
  await close();
}

async function hostile(file) {
  const { page, noise, close } = await open(file);
  await page.waitForTimeout(200);
  const injected = await page.evaluate(
    () => document.querySelectorAll('script, img, iframe, object, base, form, meta[http-equiv=refresh]').length,
  );
  check('hostile: nothing is injected', injected === 0 ? noise : [...noise, `${injected} elements`]);
  const isShown = await page.getByRole('heading', { name: '<img src=x onerror=alert(1)>' }).first().isVisible();
  check('hostile: the names are shown as they are', isShown ? [] : ['not shown']);
  await close();
}

function check(title, faults) {
  if (faults.length === 0) passed++;
  else failed++;
  console.log(
    `${faults.length === 0 ? 'ok  ' : 'FAIL'} ${title}${faults.length > 0 ? `: ${faults.slice(0, 5).join('; ')}` : ''}`,
  );
}
