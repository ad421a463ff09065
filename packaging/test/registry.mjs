// A minimal registry: serves the packages in a folder to npm, on loopback.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** The names of a package's files, and its package.json. */
function read(archive) {
  const tar = gunzipSync(archive);
  const files = [];
  let manifest;
  for (let at = 0; at + 512 <= tar.length; ) {
    const name = tar.toString("utf8", at, at + 100).replace(/\0.*$/s, "");
    const size = parseInt(tar.toString("latin1", at + 124, at + 136), 8) || 0;
    if (name) files.push(name);
    if (name === "package/package.json") manifest = JSON.parse(tar.toString("utf8", at + 512, at + 512 + size));
    at += 512 * (1 + Math.ceil(size / 512));
  }
  if (!manifest) throw new Error("an archive without package.json");
  return { manifest, files };
}

/**
 * Starts the registry.
 * @param {string} folder of .tgz files
 * @param {string} [installed] a node_modules whose packages it describes but does not serve: they are already installed
 * @returns {Promise<{url: string, asked: string[], manifests: object[], files: Map<string, string[]>, close: () => Promise<void>}>}
 */
export async function serve(folder, installed) {
  const packages = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".tgz"))) {
    const bytes = readFileSync(join(folder, file));
    const { manifest, files } = read(bytes);
    packages.set(manifest.name, { file, bytes, manifest, files });
  }
  const asked = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url.split("?")[0]).slice(1);
    asked.push(path);
    const archive = [...packages.values()].find(({ file }) => path === `-/${file}`);
    const found = packages.get(path);
    if (archive) {
      response.end(archive.bytes);
    } else if (found) {
      const { manifest, bytes, file } = found;
      const dist = {
        tarball: `${url}-/${file}`,
        shasum: createHash("sha1").update(bytes).digest("hex"),
        integrity: `sha512-${createHash("sha512").update(bytes).digest("base64")}`,
      };
      const versions = { [manifest.version]: { ...manifest, dist } };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ name: manifest.name, "dist-tags": { latest: manifest.version }, versions }));
    } else if (installed && existsSync(join(installed, path, "package.json"))) {
      const manifest = JSON.parse(readFileSync(join(installed, path, "package.json"), "utf8"));
      const versions = { [manifest.version]: { ...manifest, dist: { tarball: `${url}not-served.tgz` } } };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ name: manifest.name, "dist-tags": { latest: manifest.version }, versions }));
    } else {
      response.statusCode = 404;
      response.end("{}");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const files = new Map([...packages].map(([name, entry]) => [name, entry.files]));
  const manifests = [...packages.values()].map(({ manifest }) => manifest);
  return { url, asked, manifests, files, close: () => new Promise((resolve) => server.close(resolve)) };
}

// As a program, node registry.mjs FOLDER [INSTALLED] prints its address, and serves until it is stopped.
if (process.argv[1] === import.meta.filename) console.log(`serving ${(await serve(...process.argv.slice(2))).url}`);
