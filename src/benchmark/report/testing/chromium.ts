import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/** A page in a headless browser, driven by the browser's own protocol. */
export interface BrowserPage {
  /** The value of an expression in the page, as JSON carries it. */
  evaluate(expression: string): Promise<unknown>;
  /** Waits until an expression is true. */
  until(expression: string): Promise<void>;
  /** Presses keys one after the other: `Tab`, `Enter`, `/`. */
  press(...keys: readonly string[]): Promise<void>;
  /** What scripts and the browser complained about, and every request beyond the page itself. */
  readonly troubles: readonly string[];
  close(): Promise<void>;
}

/** The browser's program, or null where none is installed. */
export function findChromium(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const programs = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return programs.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const targetList = z.array(z.looseObject({ type: z.string(), webSocketDebuggerUrl: z.string() }));

/** Opens a file in a headless browser. */
export async function openPage({ program, file }: { program: string; file: string }): Promise<BrowserPage> {
  const profile = mkdtempSync(join(tmpdir(), 'corpuscope-browser-'));
  const browser = spawn(
    program,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const endpoint = new URL(await debuggerAddress(browser));
  const listed = await fetch(`http://${endpoint.host}/json/list`);
  const targets = targetList.parse(await listed.json());
  const target = targets.find(({ type }) => type === 'page');
  if (target === undefined) throw new Error('The browser has no page.');
  const connection = await Connection.open(target.webSocketDebuggerUrl);
  const troubles: string[] = [];
  const url = pathToFileURL(file).href;
  connection.onEvent = ({ method, params }) => {
    const told = JSON.stringify(params);
    if (method === 'Runtime.exceptionThrown' || method === 'Log.entryAdded') troubles.push(told);
    if (method === 'Network.requestWillBeSent' && !told.includes(url)) troubles.push(told);
  };
  for (const domain of ['Runtime', 'Log', 'Network', 'Page']) await connection.send(`${domain}.enable`);
  const loaded = connection.waitFor('Page.loadEventFired');
  await connection.send('Page.navigate', { url });
  await loaded;
  const evaluate = async (expression: string): Promise<unknown> => {
    const answer = await connection.send('Runtime.evaluate', { expression, returnByValue: true });
    const { result, exceptionDetails } = answer as {
      result: { value?: unknown };
      exceptionDetails?: { exception?: { description?: string } };
    };
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? expression);
    return result.value;
  };
  return {
    troubles,
    evaluate,
    until: async (expression) => {
      while ((await evaluate(expression)) !== true) await delay(20);
    },
    press: async (...keys) => {
      for (const key of keys) {
        const text = key.length === 1 ? key : key === 'Enter' ? '\r' : undefined;
        const event = { key, text, windowsVirtualKeyCode: { Tab: 9, Enter: 13 }[key] };
        await connection.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
        await connection.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
      }
    },
    close: async () => {
      connection.close();
      const ended = new Promise((resolve) => browser.once('close', resolve));
      browser.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function debuggerAddress(browser: ChildProcess): Promise<string> {
  if (browser.stderr === null) throw new Error('The browser tells nothing.');
  for await (const line of createInterface({ input: browser.stderr })) {
    const [, address] = /^DevTools listening on (ws:\S+)/.exec(line) ?? [];
    if (address !== undefined) {
      browser.stderr.resume();
      return address;
    }
  }
  throw new Error('The browser did not start.');
}

interface ProtocolMessage {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** The browser's protocol over its socket: commands with numbered answers, and events. */
class Connection {
  onEvent: (event: ProtocolMessage) => void = () => {};
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (message: ProtocolMessage) => void>();
  readonly #waiting: { readonly method: string; readonly resolve: () => void }[] = [];
  #sent = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data))));
  }

  static async open(address: string): Promise<Connection> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', reject, { once: true });
    });
    return new Connection(socket);
  }

  async send(method: string, params: object = {}): Promise<unknown> {
    this.#sent += 1;
    const id = this.#sent;
    const answered = new Promise<ProtocolMessage>((resolve) => this.#answers.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  async waitFor(method: string): Promise<void> {
    await new Promise<void>((resolve) => this.#waiting.push({ method, resolve }));
  }

  close(): void {
    this.#socket.close();
  }

  #receive(message: ProtocolMessage): void {
    if (message.id !== undefined) {
      this.#answers.get(message.id)?.(message);
      this.#answers.delete(message.id);
      return;
    }
    this.onEvent(message);
    for (const { resolve } of this.#waiting.filter(({ method }) => method === message.method)) resolve();
  }
}
