import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from './lazy-part';
import { useFormat } from '../i18n/use-format';
import { Skeleton } from './skeleton';
import { useTimeZone } from './time-zone';

export interface Series {
  readonly label: string;
  readonly values: readonly number[];
}

export interface LineChartProps {
  /** What it shows, in a sentence: all that a screen reader says of the drawing. */
  readonly label: string;
  /** Instants, one for each value. */
  readonly times: readonly string[];
  readonly series: readonly Series[];
}

const Drawing = lazyPart(() => import('./line-chart-drawing'));

/** Amounts over time, as lines, and as a table for whoever wants to read them. */
export function LineChart(props: LineChartProps) {
  const { t } = useTranslation();
  const { instant, number } = useFormat();
  const timeZone = useTimeZone();
  const { label, times, series } = props;
  return (
    <figure className="line-chart">
      <div role="img" aria-label={label} className="drawing">
        <Suspense fallback={<Skeleton kind="block" lines={1} />}>
          <Drawing {...props} timeZone={timeZone} />
        </Suspense>
      </div>
      <details className="small">
        <summary>{t('common.asTable')}</summary>
        <table>
          <thead>
            <tr>
              <td />
              {series.map((one) => (
                <th key={one.label} scope="col">
                  {one.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {times.map((time, index) => (
              <tr key={time}>
                <th scope="row">{instant(time, timeZone)}</th>
                {series.map((one) => (
                  <td key={one.label} className="figure">
                    {number(one.values[index] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
