import { useTranslation } from 'react-i18next';
import { formatsFor, type Formats } from './format';
import { currentLocale } from './index';

/** The formats of the language that is shown now. */
export function useFormat(): Formats {
  useTranslation(); // so that the locale below follows the language
  return formatsFor(currentLocale());
}
