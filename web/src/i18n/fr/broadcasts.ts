import type { broadcasts as en } from '../en/broadcasts';

export const broadcasts: typeof en = {
  text: 'Tout ce qui a été écrit, le plus récent d’abord.',
  search: 'Chercher dans les textes et les titres',
  status: 'Statut',
  anyStatus: 'Tous les statuts',
  kind: 'Genre',
  anyKind: 'Tous les genres',
  reads: 'lue par {{reads}} sur {{recipients}}',
  none: 'Rien n’est encore écrit',
  noneText: 'Ce que vous écrivez, programmez et publiez figure ici.',
  noneFound: 'Rien n’a été trouvé',
  noneFoundText: 'Essayez un mot plus court, ou tous les statuts et genres.',
};
