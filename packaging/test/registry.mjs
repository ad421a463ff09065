// A registry of a few lines: serves the packages of a folder to npm, on loopback.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** The package.json of a package's archive. */
function manifestOf(archive) {
  const tar = gunzipSync(archive);
  for (let at = 0; at + 512 <= tar.length; ) {
    const name = tar.toString("utf8", at, at + 100).replace(/\0.*$/s, "");
    const size = parseInt(tar.toString("latin1", at + 124, at + 136), 8) || 0;
    if (name === "package/package.json") return JSON.parse(tar.toString("utf8", at + 512, at + 512 + size));
    at += 512 * (1 + Math.ceil(size / 512));
  }
  throw new Error("an archive without package.json");
}

/**
 * Starts the registry.
 * @param {string} folder of .tgz files
 * @returns {Promise<{url: string, asked: string[], close: () => Promise<void>}>}
 */
export async function serve(folder) {
  const packages = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".tgz"))) {
    const bytes = readFileSync(join(folder, file));
    packages.set(manifestOf(bytes).name, { file, bytes, manifest: manifestOf(bytes) });
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
    } else {
      response.statusCode = 404;
      response.end("{}");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  return { url, asked, close: () => new Promise((resolve) => server.close(resolve)) };
}
