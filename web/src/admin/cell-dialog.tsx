import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../api/types';
import { useFormat } from '../i18n/use-format';
import { Badge, STATUS_TONES } from '../ui/badge';
import { Button, LinkButton } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Places } from '../ui/places';
import { cellOf, type MatrixRow } from './heat';
import { periodAt } from './periods';
import { useCellWords } from './use-cell-words';

export interface OpenCell {
  readonly row: MatrixRow;
  readonly period: string;
  readonly place: number;
}

/** A cell of the heat map, with the ways on from it. */
export function CellDialog({
  cell: { row, period, place },
  type,
  allowance,
  onClose,
  onGrant,
}: {
  cell: OpenCell;
  type: Account['type'];
  allowance: number;
  onClose: () => void;
  onGrant: () => void;
}) {
  const { t } = useTranslation();
  const f = useFormat();
  const say = useCellWords();
  const [current] = useState(() => periodAt(Date.now(), type, row.timeZone));
  const cell = cellOf(row, place, allowance);
  return (
    <Dialog
      title={row.name}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <LinkButton href={`/admin/quota/${row.accountId}`} icon="clock">
            {t('admin.history')}
          </LinkButton>
          {period >= current && row.status !== 'closed' && (
            <Button kind="primary" icon="plus" onPress={onGrant}>
              {t('admin.grantPlaces')}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        <div className="row spread">
          <h3>{f.period(period)}</h3>
          <Badge tone={STATUS_TONES[row.status]}>{t(`common.accountStatus.${row.status}`)}</Badge>
        </div>
        <Places used={cell.used} reserved={cell.reserved} allowance={cell.all} />
        <p>{say(cell)}</p>
        <p className="soft small">
          <bdi>@{row.handle}</bdi> · {row.timeZone}
        </p>
      </div>
    </Dialog>
  );
}
