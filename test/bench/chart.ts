import type { Series } from './result';

const WIDTH = 640;
const HEIGHT = 360;
const LEFT = 64;
const RIGHT = 24;
const TOP = 56;
const BOTTOM = 48;

/** Told apart by their dashes as well, for whoever does not see colours. */
const LINES = [
  { className: 'a', dash: '' },
  { className: 'b', dash: '7 4' },
  { className: 'c', dash: '2 4' },
] as const;

const STYLE = `
  .ground { fill: #ffffff } text { fill: #24292f; font: 13px system-ui, sans-serif } .title { font-weight: 600 }
  .grid { stroke: #d8dee4 } .a { stroke: #0550ae; fill: #0550ae } .b { stroke: #953800; fill: #953800 } .c { stroke: #116329; fill: #116329 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } text { fill: #e6edf3 } .grid { stroke: #30363d }
    .a { stroke: #79c0ff; fill: #79c0ff } .b { stroke: #ffa657; fill: #ffa657 } .c { stroke: #7ee787; fill: #7ee787 }
  }
  polyline { fill: none; stroke-width: 2 } .spread { stroke-width: 1 }`;

/** Cost against size as an SVG, both axes logarithmic: what grows in proportion rises in the diagonal, what does not stays flat. */
export function chart(title: string, series: readonly Series[]): string {
  const points = series.flatMap((line) => line.points);
  const across = decades(points.map(({ size }) => size));
  const up = decades(points.flatMap(({ cost }) => [cost.min, cost.max]));
  const x = (size: number) => place(size, across, LEFT, WIDTH - RIGHT);
  const y = (cost: number) => place(cost, up, HEIGHT - BOTTOM, TOP);
  const unit = series[0]?.unit ?? '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}" rx="6"/>`,
    `<text class="title" x="${LEFT}" y="24">${escaped(title)}</text>`,
    ...ticks(across).map((size) => vertical(x(size), short(size))),
    ...ticks(up).map((cost) => horizontal(y(cost), `${short(cost)} ${unit}`)),
    ...series.map((line, index) => drawn(line, index, x, y)),
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(series[0]?.of ?? '')}</text>`,
    '</svg>\n',
  ].join('\n');
}

type Scale = (value: number) => number;

function drawn({ what, points }: Series, index: number, x: Scale, y: Scale): string {
  const { className, dash } = LINES[index % LINES.length] ?? LINES[0];
  const legend = LEFT + index * 190;
  const path = points.map(({ size, cost }) => `${x(size)},${y(cost.median)}`).join(' ');
  return [
    `<g class="${className}" stroke-dasharray="${dash}"><polyline points="${path}"/>`,
    `<line x1="${legend}" x2="${legend + 24}" y1="40" y2="40" stroke-width="2"/></g>`,
    ...points.map(
      ({ size, cost }) =>
        `<line class="${className} spread" x1="${x(size)}" x2="${x(size)}" y1="${y(cost.min)}" y2="${y(cost.max)}"/>` +
        `<circle class="${className}" cx="${x(size)}" cy="${y(cost.median)}" r="3.5"><title>${short(size)}: ${cost.median.toPrecision(3)}</title></circle>`,
    ),
    `<text x="${legend + 30}" y="44">${escaped(what)}</text>`,
  ].join('\n');
}

function vertical(x: number, label: string): string {
  return `<line class="grid" x1="${x}" x2="${x}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/><text x="${x}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${label}</text>`;
}

function horizontal(y: number, label: string): string {
  return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/><text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${label}</text>`;
}

/** The powers of ten around the values, as exponents; at least one decade. */
function decades(values: readonly number[]): readonly [number, number] {
  const low = Math.floor(Math.log10(Math.min(...values)));
  return [low, Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))];
}

function ticks([low, high]: readonly [number, number]): number[] {
  return Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step));
}

function place(value: number, [low, high]: readonly [number, number], from: number, to: number): number {
  const share = (Math.log10(value) - low) / (high - low);
  return Number((from + share * (to - from)).toFixed(1));
}

/** 1000000 as 1M. */
function short(value: number): string {
  if (value >= 1_000_000) return `${Number((value / 1_000_000).toPrecision(3))}M`;
  if (value >= 1_000) return `${Number((value / 1_000).toPrecision(3))}k`;
  return String(Number(value.toPrecision(3)));
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
