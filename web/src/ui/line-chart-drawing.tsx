import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useFormat } from '../i18n/use-format';
import { useTheme } from './theme';
import type { LineChartProps } from './line-chart';

const HEIGHT = 240;
const DAY = 86_400; // seconds, in which the library counts
/** Between two marks. Less than a minute would have several marks say the same. */
const STEPS = [60, 300, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, DAY, 2 * DAY, 7 * DAY];
const COLOURS = ['--accent', '--info', '--good', '--warn'];

/** Comes with the first chart: two thirds of what a page needs besides. */
export default function LineChartDrawing({ times, series, timeZone }: LineChartProps & { timeZone: string }) {
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const { date, time, number } = useFormat();
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const colour = (token: string) => resolved(element, token);
    /** The time of each mark, and the day where it begins; days only, where the marks are days apart. */
    const marks = (_: UPlot, seconds: number[], _axis: number, _space: number, step: number) => {
      const days = seconds.map((each) => date(iso(each), timeZone));
      if (step >= DAY) return days;
      return seconds.map((each, index) =>
        days[index] === days[index - 1]
          ? time(iso(each), timeZone)
          : `${time(iso(each), timeZone)}\n${days[index] ?? ''}`,
      );
    };
    const axis = {
      font: '12px system-ui, sans-serif',
      stroke: colour('--text-soft'),
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
    };
    const chart = new UPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), timeZone),
        cursor: { y: false },
        legend: { show: series.length > 1, live: false },
        axes: [
          { ...axis, values: marks, incrs: STEPS, space: 80 },
          {
            ...axis,
            size: 48,
            values: (_, amounts) => amounts.map((amount) => (Number.isInteger(amount) ? number(amount) : '')),
          },
        ],
        series: [
          {},
          ...series.map(({ label }, index) => ({
            label,
            stroke: colour(COLOURS[index % COLOURS.length] ?? '--accent'),
            width: 2,
            points: { show: times.length < 40, size: 6 },
          })),
        ],
      },
      [times.map((time) => new Date(time).getTime() / 1000), ...series.map(({ values }) => [...values])],
      element,
    );
    const watch = new ResizeObserver(() => {
      chart.setSize({ width: element.clientWidth, height: HEIGHT });
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      chart.destroy();
    };
  }, [times, series, timeZone, theme, date, time, number]);
  // Time runs from left to right in charts of all languages.
  return <div ref={place} dir="ltr" />;
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** A canvas knows no light-dark(): the browser is asked what it comes to here. */
function resolved(element: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
