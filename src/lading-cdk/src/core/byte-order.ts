/** Orders text by its UTF-8 bytes, as git orders paths. UTF-16 order differs for characters beyond U+FFFF. */
export function compareBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one, "utf8"), Buffer.from(other, "utf8"));
}
