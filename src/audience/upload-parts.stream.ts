import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyFileStream, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import { formOfPart } from './upload-type';
import type { UploadForm } from './upload';

/** The form that was sent cannot be read, or holds no file. */
export class BadForm extends Error {}

export interface FilePart {
  readonly form: UploadForm;
  readonly chunks: AsyncIterable<Buffer>;
  /** To be called when nobody reads on: what still comes of the request is then nobody's. */
  readonly release: () => void;
}

/**
 * The first file of a form (multipart/form-data), as it arrives. Other fields are passed over.
 * @throws BadForm
 */
export function firstFileOf(headers: IncomingHttpHeaders, body: Readable): Promise<FilePart> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      reject(new BadForm(why));
    };
    const parser = parserOf(headers);
    if (!parser) {
      fail('The form names no boundary between its parts');
      return;
    }
    let file: Readable | undefined;
    parser.on(
      'file',
      (_field: string, stream: BusboyFileStream, _name: string, _encoding: string, type: string) => {
        if (file) {
          stream.resume();
          return;
        }
        file = stream;
        // Whoever reads it hears of the error as well; when nobody does any more, it must not end the process.
        stream.on('error', () => undefined);
        const release = () => {
          body.unpipe(parser);
        };
        resolve({ form: formOfPart(type), chunks: stream as AsyncIterable<Buffer>, release });
      },
    );
    const breakOff = (error?: Error) => {
      const broken = error ?? new Error('the form ended before its last part');
      if (file) file.destroy(broken);
      else fail(`The form cannot be read: ${broken.message}`);
    };
    parser.on('error', (error: unknown) => {
      breakOff(error instanceof Error ? error : new Error(String(error)));
      body.unpipe(parser);
    });
    parser.on('finish', () => {
      if (!file) fail('The form holds no file');
    });
    body.once('error', breakOff);
    body.once('aborted', () => {
      breakOff();
    });
    body.pipe(parser);
  });
}

function parserOf(headers: IncomingHttpHeaders): BusboyInstance | undefined {
  try {
    return new Busboy({
      headers: headers as BusboyHeaders,
      limits: { fields: 20, fieldSize: 4_096, parts: 30, headerPairs: 50 },
    });
  } catch {
    return undefined;
  }
}
