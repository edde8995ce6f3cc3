import { invalidRequest } from '../http/validation';
import { cleanContent, type Content } from './content';

/**
 * The content as it is stored.
 * @throws DomainError invalid-request, with what cannot be stored and where
 */
export function storableContent(written: Content): Content {
  const { content, faults } = cleanContent(written);
  if (faults.length > 0) throw invalidRequest(faults);
  return content;
}
