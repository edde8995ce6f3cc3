import { cleanArticle, type CleanArticle } from '../../../src/article/clean';
import { parseHtml, TooComplex } from '../../../src/article/parse-html';

/**
 * What is pasted, as the server would store it. It is read by the server's own parser: the browser's hands every text to
 * the page's policy first, which takes out style sheets, in which other programs say what is bold, struck out or hidden.
 */
export function cleanPasted(html: string): CleanArticle {
  try {
    return cleanArticle(parseHtml(html));
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    return { html: '', faults: [error.message], isVisible: false };
  }
}
