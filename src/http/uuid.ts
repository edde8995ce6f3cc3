const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text is an id as answers write it: a UUID in small letters (RFC 9562, 4). */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
