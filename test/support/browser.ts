import { resolve } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Api } from './api';
import { startTestApp, type TestApp, type TestAppOptions } from './app';
import { expectStatus, PASSWORD } from './given';

const WEB = resolve(__dirname, '../../web');

/** Leads to the application, too, but as a host of a local network: browsers trust plain http there less than on localhost. */
export const LAN = 'fanfare.lan';

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens a path of the application. */
  readonly goTo: (path: string) => Promise<void>;
}

export interface PersonOptions {
  readonly locale?: string;
  readonly timeZone?: string;
  readonly device?: 'desk' | 'phone';
  readonly colorScheme?: 'light' | 'dark';
}

const SIZES = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

/** What the browser says whenever the server refuses, which pages show in their own words. */
const REFUSED = /^Failed to load resource: the server responded with a status of 4\d\d/;

interface Opened {
  readonly test: TestApp;
  readonly address: string;
  readonly browser: Browser;
}

/** A stage for all tests of a suite. After each of them the people are gone, and no page may have complained. */
export function useStage(options: TestAppOptions = {}): Stage {
  const stage = new Stage(options);
  beforeAll(() => stage.open());
  afterEach(async () => {
    await stage.clear();
    stage.expectNoComplaints();
  });
  afterAll(() => stage.close());
  return stage;
}

/** The application with its pages, and people who look at it, each in a browser of their own. */
export class Stage {
  private readonly people: Person[] = [];
  private readonly complaints: string[] = [];

  private opened: Opened | undefined;

  constructor(private readonly options: TestAppOptions = {}) {}

  get test(): TestApp {
    return this.running.test;
  }

  get address(): string {
    return this.running.address;
  }

  async open(): Promise<void> {
    const webRoot = resolve(WEB, process.env.WEB_DIST || 'dist');
    const test = await startTestApp({ webRoot, ...this.options });
    await test.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = test.app.getHttpServer().address() as { port: number };
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--font-render-hinting=none',
        `--host-resolver-rules=MAP ${LAN} 127.0.0.1`,
      ],
    });
    this.opened = { test, browser, address: `http://localhost:${String(port)}` };
  }

  /** Somebody with a browser of their own: cookies, language, clock. */
  async person(options: PersonOptions = {}): Promise<Person> {
    const { locale = 'en-GB', timeZone = 'Europe/Madrid', device = 'desk', colorScheme = 'light' } = options;
    const context = await this.running.browser.newContext({
      baseURL: this.address,
      locale,
      timezoneId: timeZone,
      viewport: SIZES[device],
      hasTouch: device === 'phone',
      reducedMotion: 'reduce',
      colorScheme,
    });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    this.listenTo(page);
    const person = {
      page,
      context,
      goTo: async (path: string) => {
        await page.goto(path);
      },
    };
    this.people.push(person);
    return person;
  }

  /** Somebody who has logged in: the person behind this API, such as the owner of a brand. */
  async personWhoIs(api: Api, options: PersonOptions = {}): Promise<Person> {
    const { user } = expectStatus(200, await api.get<{ user: { email: string } }>('/whoami')).body;
    const person = await this.person(options);
    const answer = await person.context.request.post('/v1/session', {
      data: { email: user.email, password: PASSWORD },
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    if (!answer.ok()) throw new Error(`Not logged in: ${await answer.text()}`);
    return person;
  }

  /** Fails when a page has thrown, complained in its console, or wanted what its security policy forbids. */
  expectNoComplaints(): void {
    const complaints = this.complaints.splice(0);
    if (complaints.length > 0) throw new Error(`The pages complained:\n${complaints.join('\n')}`);
  }

  /** For what a test has provoked. */
  forgetComplaints(): void {
    this.complaints.length = 0;
  }

  /** After each test: whoever came is gone. */
  async clear(): Promise<void> {
    await Promise.all(this.people.splice(0).map(({ context }) => context.close()));
  }

  async close(): Promise<void> {
    await this.opened?.browser.close();
    await this.opened?.test.stop();
  }

  private get running(): Opened {
    if (!this.opened) throw new Error('The stage is not open yet: it opens before the first test.');
    return this.opened;
  }

  private listenTo(page: Page): void {
    page.on('pageerror', ({ message, stack }) => this.complaints.push(stack ?? message));
    // Violations of the security policy are told there, too.
    page.on('console', (message) => {
      if (message.type() !== 'error' || REFUSED.test(message.text())) return;
      this.complaints.push(`${message.text()} (${message.location().url})`);
    });
  }
}
