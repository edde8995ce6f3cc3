import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { isExhausted, isUnused, oncePerKind, type Cell } from './heat';

/** What a cell's colour says: "3 of 4 taken: 2 used, 1 reserved". */
export function useCellWords(): (cell: Cell) => string {
  const { t } = useTranslation();
  const { number } = useFormat();
  return useMemo(() => {
    const write = (cell: Cell): string => {
      const { used, reserved, granted, all } = cell;
      const words = isUnused(cell)
        ? t('admin.cellUnused', { all: number(all) })
        : t(isExhausted(cell) ? 'admin.cellExhausted' : 'admin.cell', {
            used: number(used),
            reserved: number(reserved),
            taken: number(used + reserved),
            all: number(all),
          });
      return granted === 0 ? words : `${words} · ${t('admin.cellGranted', { granted: number(granted) })}`;
    };
    return oncePerKind(write);
  }, [t, number]);
}
