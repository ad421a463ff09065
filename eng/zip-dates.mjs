// Sets the date of all entries of zip files (.zip, .nupkg) to SOURCE_DATE_EPOCH, in place: node eng/zip-dates.mjs FILE…
// NuGet packs with the current time, so that each run would give different bytes.
import { readFileSync, writeFileSync } from "node:fs";

const date = new Date(Number(process.env.SOURCE_DATE_EPOCH ?? 315532800) * 1000);
const dosTime = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
const dosDate = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();

for (const file of process.argv.slice(2)) {
  const zip = readFileSync(file);
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0) throw new Error(`${file} is not a zip file`);
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const local = zip.readUInt32LE(at + 42);
    for (const [place, signature, offset] of [[at, 0x02014b50, 12], [local, 0x04034b50, 10]]) {
      if (zip.readUInt32LE(place) !== signature) throw new Error(`${file} has no entry at ${place}`);
      zip.writeUInt16LE(dosTime, place + offset);
      zip.writeUInt16LE(dosDate, place + offset + 2);
    }
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  writeFileSync(file, zip);
}
