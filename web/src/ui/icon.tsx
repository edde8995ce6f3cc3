/** Drawn on a grid of 24, in lines of 1.75. */
const DRAWINGS = {
  activity: 'M3 12h4l3 8 4-16 3 8h4',
  article: 'M5 3h14v18H5zM8.5 7.5h7M8.5 11.5h7M8.5 15.5h4',
  back: 'M19 12H5m6-6-6 6 6 6',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4',
  'bell-off': 'M6 16v-5c0-1 .2-2 .6-2.8M9 5.8A6 6 0 0 1 18 11v2.5M4 18h13M10 21h4M3 3l18 18',
  bold: 'M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z',
  bookmark: 'M6 3h12v18l-6-4.5L6 21z',
  calendar: 'M4 6h16v15H4zM4 10.5h16M8 3v4M16 3v4',
  chart: 'M4 4v16h16M8.5 16v-4M13 16V8M17.5 16v-6',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  'chevron-down': 'm6 9 6 6 6-6',
  'chevron-left': 'm15 6-6 6 6 6',
  'chevron-right': 'm9 6 6 6-6 6',
  'chevron-up': 'm6 15 6-6 6 6',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.5V12l3 2',
  close: 'M6 6l12 12M18 6 6 18',
  compass: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M15.5 8.5l-2 5-5 2 2-5z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  download: 'M12 4v11m-5-4.5 5 5 5-5M5 20h14',
  drag: 'M8.3 6a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M8.3 12a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M8.3 18a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M14.3 6a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M14.3 12a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M14.3 18a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0',
  edit: 'M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5',
  external: 'M14 4h6v6M20 4l-9 9M10 5H5v14h14v-5',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6',
  filter: 'M4 6h16M7 12h10M10 18h4',
  flag: 'M5 21V4h13l-3 4.5 3 4.5H5',
  folder: 'M3 19V5h6l2.5 3H21v11z',
  gauge: 'M4.2 18a9 9 0 1 1 15.6 0M12 14l4-4.5',
  globe:
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c3 3 3.8 6 3.8 9S15 18 12 21c-3-3-3.8-6-3.8-9S9 6 12 3',
  heading: 'M6 5v14M18 5v14M6 12h12',
  image: 'M4 4h16v16H4zM4 16l5-5 5 5 2.5-2.5L20 17M15.5 8.5v.01',
  inbox: 'M3 13h5l1.5 3h5L16 13h5M3 13v6h18v-6L18 5H6z',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5.5M12 7.5v.01',
  italic: 'M10 5h7M7 19h7M14 5l-4 14',
  key: 'M8 11.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8M11 12.5 20 3.5M16.5 7l3 3',
  language: 'M4 6h10M9 4v2M5.5 13.5C9 12 11.5 9.5 12 6M6.5 9c1 2.2 3 3.8 5.5 4.5M12.5 20l4-10 4 10M14 17h5',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6v.01M4.5 12v.01M4.5 18v.01',
  'list-numbers': 'M10 6h10M10 12h10M10 18h10M4 4.5h1.5V8M4 11h2l-2 3h2M4 16h2l-1 1.5 1 1.5H4',
  lock: 'M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3',
  'log-out': 'M14 4h5v16h-5M4 12h11m-4-4 4 4-4 4',
  mail: 'M3 5h18v14H3zM3 7l9 6.5L21 7',
  megaphone: 'M4 10v4h3l10 5V5L7 10zM20 9.5a3.5 3.5 0 0 1 0 5M7.5 14l1.5 6h2.5l-1-5',
  minus: 'M5 12h14',
  monitor: 'M3 4h18v12H3zM9 20h6M12 16v4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5',
  more: 'M4.3 12a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M11.3 12a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0M18.3 12a.7.7 0 1 0 1.4 0 .7.7 0 1 0-1.4 0',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 4.5 19 12 7 19.5z',
  plus: 'M12 5v14M5 12h14',
  quote: 'M5 17c2.5-1 4-3 4-6V7H5v5h4M14 17c2.5-1 4-3 4-6V7h-4v5h4',
  redo: 'm15 6 5 5-5 5M20 11H10a5 5 0 0 0 0 10h3',
  refresh: 'M20 11a8 8 0 0 0-14.5-3.5L3.5 10M3.5 4.5V10H9M4 13a8 8 0 0 0 14.5 3.5l2-2.5M20.5 19.5V14H15',
  scroll: 'M6 3h11v15a3 3 0 0 0 3 3H8a3 3 0 0 1-3-3V6a3 3 0 0 0-2-3h3M9 8h5M9 12h5',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5',
  send: 'M21 3 10 14M21 3l-7 18-4-7-7-4z',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M9 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5',
  shield: 'M12 3l8 3v6c0 5-3.5 7.8-8 9-4.5-1.2-8-4-8-9V6zM8.5 12l2.5 2.5L15.5 10',
  sort: 'M8 5v14m-4-4 4 4 4-4M16 19V5m-4 4 4-4 4 4',
  strike:
    'M4 12h16M16 7.5C15.5 5.5 14 4.5 12 4.5c-2.5 0-4.3 1.5-4.3 3.6 0 1.6 1 2.7 2.6 3.4M8 16.5c.6 2 2.2 3 4.2 3 2.6 0 4.4-1.5 4.4-3.7',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  tag: 'M3 4h8l10 10-7.5 7.5L3.5 11.5zM7.5 8v.01',
  text: 'M5 5h14M12 5v14M9 19h6',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6',
  undo: 'M9 6 4 11l5 5M4 11h10a5 5 0 0 1 0 10h-3',
  upload: 'M12 16V5M7 9.5 12 4.5l5 5M5 20h14',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21c.5-4 3.5-6 8-6s7.5 2 8 6',
  users:
    'M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M2.5 20c.4-3.6 2.8-5.5 6.5-5.5s6.1 1.9 6.5 5.5M16 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.8c2.3.6 3.7 2.4 4 5.2',
  warning: 'M12 3.5 22 20.5H2zM12 10v5M12 17.8v.01',
  webhook:
    'M12 3.5a4 4 0 0 1 3.5 6L18 14M10 10.5a4 4 0 1 1 2-7M10 10.5 7.5 15M5.5 13.5a4 4 0 1 0 4.5 5h5M18 14a3.8 3.8 0 1 1-3.8 5',
} as const;

export type IconName = keyof typeof DRAWINGS;

/** They point in the direction of reading, or against it. */
const DIRECTED: ReadonlySet<IconName> = new Set([
  'article',
  'back',
  'chevron-left',
  'chevron-right',
  'external',
  'flag',
  'list',
  'log-out',
  'megaphone',
  'play',
  'quote',
  'send',
  'text',
  'undo',
]);

/** Beside words, or with a `label` of its own. */
export function Icon({ name, size = 20, label }: { name: IconName; size?: number; label?: string }) {
  const spoken = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg
      className={DIRECTED.has(name) ? 'icon directed' : 'icon'}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...spoken}
    >
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
