// What the journeys have in common: the program, a browser, and what must hold for each
// page of it. They are run by the tests of cli/journeys, or by hand in this folder:
//
//	node papers.mjs PROGRAM
//
// Nothing here waits for a time; everything waits for a condition.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { chromium } from 'playwright-core';

/** The program under test. */
export const program = resolve(process.argv[2] ?? '../../liantu');

export const screens = ['overview', 'map', 'battle', 'data'];

const began = Date.now();

/** Logs a step with the seconds since the start. */
export function step(text) {
  console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);
}

export function check(holds, text) {
  if (!holds) throw new Error(text);
}

/** A folder that is removed at the end. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), 'liantu-journey-'));
  process.on('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Starts the program and waits until it listens. */
export async function start(args = ['demo'], { listen = '127.0.0.1:0', env = {}, cwd } = {}) {
  const child = spawn(program, [...args, '--listen', listen], { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  process.on('exit', () => child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (text) => { said += text; });
  const ended = once(child, 'exit');
  const url = await new Promise((found, failed) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said += line + '\n';
      const match = /listening on (https?:\/\/[^/\s]+)/.exec(line);
      if (match) found(match[1]);
    });
    void ended.then(([code]) => failed(new Error(`${args.join(' ')} ended with ${code}:\n${said}`)));
  });
  return { url, said: () => said, end: async () => { child.kill('SIGTERM'); await ended; } };
}

/** Runs a command of the program and returns what it prints. */
export async function command(args, env = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '', said = '';
  child.stdout.on('data', (text) => { out += text; });
  child.stderr.on('data', (text) => { said += text; });
  const [code] = await once(child, 'close');
  check(code === 0, `${args.join(' ')}: ${code}\n${said}`);
  return out.trim();
}

/** A browser with a profile of its own. */
export async function browse() {
  return chromium.launch({
    executablePath: process.env.LIANTU_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** A page that notes what must not happen: errors, and requests to other hosts. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const faults = [], requests = [];
  page.on('console', (m) => { if (m.type() === 'error') faults.push(`console: ${m.text()} ${m.location().url}`); });
  page.on('pageerror', (e) => faults.push(`error: ${e.message}`));
  page.on('request', (r) => requests.push(r.url()));
  return { page, context, faults, requests };
}

/** Goes to an address and waits until the screen shows its answers. */
export async function visit(page, url) {
  const answer = await page.goto(url, { waitUntil: 'networkidle' });
  await shown(page);
  return answer;
}

/** Waits until nothing is being loaded. */
export async function shown(page) {
  await page.locator('main').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
}

/** Waits until a part of a page says a text; where it never does, states the first line that differs. */
export async function says(page, selector, text, fault) {
  try {
    await page.waitForFunction(([s, t]) => document.querySelector(s)?.innerText.trim() === t, [selector, text]);
  } catch {
    const now = (await page.locator(selector).innerText()).trim().split('\n');
    const want = text.split('\n');
    const at = now.findIndex((line, i) => line !== want[i]);
    const i = at < 0 ? now.length : at;
    throw new Error(`${fault}: line ${i + 1} is ${JSON.stringify(now[i])}, not ${JSON.stringify(want[i])}`);
  }
}

/** Runs a journey and ends the process with its result. */
export async function journey(run) {
  try {
    await run();
    step('done');
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}
