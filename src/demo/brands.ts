import type { RegisterAccountRequest } from '../accounts/accounts.dto';
import type { SignUpRequest } from '../auth/sign-in.dto';
import { EARLY_BIRDS } from './posts';

/** A brand, and the marketer who registers it. */
interface BrandPlan {
  readonly marketer: SignUpRequest;
  readonly account: RegisterAccountRequest;
}

export const BRANDS = {
  bakery: {
    marketer: { email: 'rosa@panaderia-amanecer.example', password: 'seven slow ovens', name: 'Rosa Marín' },
    account: {
      handle: 'panaderia-amanecer',
      name: 'Panadería Amanecer',
      type: 'service',
      timeZone: 'Europe/Madrid',
      description: 'Pan de centeno, masa madre y buena conversación en Donostia.',
    },
  },
  library: {
    marketer: {
      email: 'jonas@stadtbibliothek.example',
      password: 'quiet please, nearly',
      name: 'Jonas Keller',
    },
    account: {
      handle: 'stadtbibliothek',
      name: 'Stadtbibliothek am Fluss',
      type: 'subscription',
      timeZone: 'Europe/Berlin',
      description: 'Bücher, Stimmen und Tee in sieben Sprachen.',
      postingTimes: ['30 8 * * *'],
    },
  },
  museum: {
    marketer: { email: 'haruka@shio-museum.example', password: 'two hours past high tide', name: '森川 遥' },
    account: {
      handle: 'shio-museum',
      name: '潮の博物館',
      type: 'subscription',
      timeZone: 'Asia/Tokyo',
      description: '海と月と、そのあいだで暮らしてきた人びとの博物館。',
    },
  },
} as const satisfies Record<string, BrandPlan>;

/** Runs the platform. */
export const ADMIN: SignUpRequest = {
  email: 'ines@fanfare.example',
  password: 'every slot is counted',
  name: 'Inês Duarte',
};

export type BrandName = keyof typeof BRANDS;

/** As an operator would export them from the app that they already use: one follower a line, one line a mistake. */
export function followersAsNdjson(count: number): string {
  return lines(count, (n) =>
    JSON.stringify({
      subscriber: reader(n),
      followedAt:
        n === 118 ? 'last spring' : `2025-${twoDigits(1 + (n % 12))}-${twoDigits(1 + (n % 28))}T09:00:00Z`,
      ...(n % 6 === 0 && { tags: [EARLY_BIRDS] }),
    }),
  );
}

export function followersAsCsv(first: number, count: number): string {
  return `subscriber,followedAt\r\n${lines(count, (n) => `${reader(first + n)},`)}`;
}

function lines(count: number, line: (n: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index + 1)}\n`).join('');
}

export function reader(n: number): string {
  return `reader-${String(n).padStart(4, '0')}`;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
