import { createHash } from "node:crypto";
import { compareBytes } from "../byte-order.js";
import { MOST_CHARACTERS, type RecordedImage, type StackRecord } from "./stack-record.js";

const RECORD_VERSION = 1;

interface Part {
  readonly generation: string;
  readonly part: number;
  readonly parts: number;
}

/**
 * Formats a record, with the same text for the same record: sorted, without white space, in as few parts as possible.
 * @param record - What the stack runs.
 * @param most - The most characters that a part may have.
 */
export function writeRecord(record: StackRecord, most = MOST_CHARACTERS): string[] {
  const whole = textOf(record);
  if (whole.length <= most) {
    return [whole];
  }

  // Each part has the generation of the whole: a reader must not mix two while they are being written.
  const generation = createHash("sha256").update(whole, "utf8").digest("hex").slice(0, 16);
  const empty = textOf({ ...record, images: new Map() }, { generation, part: 999, parts: 999 });
  const parts = split(record, most - empty.length);
  return parts.map((images, i) => textOf({ ...record, images }, { generation, part: i + 1, parts: parts.length }));
}

/** Fills one part after the other. An image with too many uses is in several parts, with some of the uses in each. */
function split(record: StackRecord, room: number): Map<string, RecordedImage>[] {
  const parts = [new Map<string, RecordedImage>()];
  let left = room;
  const last = (): Map<string, RecordedImage> => parts[parts.length - 1] as Map<string, RecordedImage>;
  const startPart = (): void => {
    parts.push(new Map());
    left = room;
  };
  const put = (name: string, reference: string): void => {
    last().set(name, { reference, usedBy: [] });
    left -= sizeOf(name, { reference, usedBy: [] });
  };
  for (const [name, image] of sortedImages(record)) {
    if (left < room && sizeOf(name, image) > left) {
      startPart();
    }

    put(name, image.reference);
    for (const use of [...image.usedBy].sort(compareBytes)) {
      if (use.length + 3 > left) {
        startPart();
        put(name, image.reference);
      }

      const there = last().get(name) as RecordedImage;
      last().set(name, { ...there, usedBy: [...there.usedBy, use] });
      left -= use.length + 3;
    }
  }

  return parts;
}

/** An upper bound of an image's size, with its comma. */
function sizeOf(name: string, image: RecordedImage): number {
  const uses = image.usedBy.reduce((sum, use) => sum + use.length + 3, 0);
  return name.length + image.reference.length + uses + `,"":{"image":"","usedBy":[]}`.length;
}

function textOf(record: StackRecord, part?: Part): string {
  const members = [
    `"recordVersion":${RECORD_VERSION}`,
    ...(part ? [`"generation":"${part.generation}","part":${part.part},"parts":${part.parts}`] : []),
    ...(record.environment === undefined ? [] : [`"environment":${quote(record.environment)}`]),
    `"images":{${sortedImages(record)
      .map(([name, image]) => {
        const uses = [...image.usedBy].sort(compareBytes).map(quote);
        return `${quote(name)}:{"image":${quote(image.reference)},"usedBy":[${uses.join(",")}]}`;
      })
      .join(",")}}`,
  ];
  return `{${members.join(",")}}`;
}

function sortedImages(record: StackRecord): [string, RecordedImage][] {
  return [...record.images].sort(([one], [other]) => compareBytes(one, other));
}

// Escaped in addition to what JSON requires: characters beyond U+FFFF, and those that one cannot see (docs/records.md).
const ESCAPED = /(?! )[\p{Cc}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Zs}]|[\u{10000}-\u{10FFFF}]/gu;

function quote(text: string): string {
  return JSON.stringify(text).replace(ESCAPED, (character) =>
    [...Array(character.length).keys()]
      .map((i) => `\\u${character.charCodeAt(i).toString(16).toUpperCase().padStart(4, "0")}`)
      .join(""),
  );
}
