import type { UploadForm } from './upload';

/** What programs and browsers call these two kinds of file. */
const FORMS: Readonly<Record<string, UploadForm | 'multipart'>> = {
  'text/csv': 'csv',
  'text/x-csv': 'csv',
  'application/csv': 'csv',
  'application/x-csv': 'csv',
  'text/comma-separated-values': 'csv',
  'text/tab-separated-values': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/x-jsonl': 'ndjson',
  'application/jsonlines': 'ndjson',
  'application/x-jsonlines': 'ndjson',
  // Windows with Excel calls every .csv so, and whoever does not know a file's kind calls it bytes: its content says.
  'application/vnd.ms-excel': 'unknown',
  'application/octet-stream': 'unknown',
  'multipart/form-data': 'multipart',
};

/** UTF-16 is known by its bytes. */
const CHARSETS = /^"?(utf-?8|us-ascii|utf-?16(le|be)?)"?$/;

/** The form of an upload by its Content-Type; a text that says what to send instead. */
export function formOf(
  contentType: string,
): { readonly form: UploadForm | 'multipart' } | { readonly refusal: string } {
  const [type = '', ...parameters] = contentType.toLowerCase().split(/\s*;\s*/);
  const form = FORMS[type.trim()];
  if (form === undefined) return { refusal: 'Send application/x-ndjson or text/csv.' };
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && !CHARSETS.test(charset.trim())) return { refusal: 'Send UTF-8.' };
  return { form };
}

/** Within a form, where a browser may call a file anything: its content says, unless the type is clear. */
export function formOfPart(contentType: string): UploadForm {
  const found = formOf(contentType);
  return 'form' in found && found.form !== 'multipart' ? found.form : 'unknown';
}
