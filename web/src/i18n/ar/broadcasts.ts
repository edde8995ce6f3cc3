import type { Words } from '../words';
import type { broadcasts as en } from '../en/broadcasts';

export const broadcasts: Words<typeof en> = {
  text: 'كل ما كُتب، الأحدث أولًا.',
  search: 'البحث في النصوص والعناوين',
  status: 'الحالة',
  anyStatus: 'أي حالة',
  kind: 'النوع',
  anyKind: 'أي نوع',
  reads: 'قرأه {{reads}} من {{recipients}}',
  none: 'لم يُكتب شيء بعد',
  noneText: 'ما تكتبه وتجدوله وتنشره يظهر هنا.',
  noneFound: 'لم يُعثر على شيء',
  noneFoundText: 'جرّب كلمة أقصر أو أي حالة ونوع.',
};
