// Prints the components of a release as SPDX 2.3: node eng/sbom.mjs VERSION RUNTIME. Packages are those in the lock
// files, which restore enforces; RUNTIME is the version of .NET that is compiled into the programs.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const [version, runtime] = process.argv.slice(2);
const epoch = Number(process.env.SOURCE_DATE_EPOCH ?? 0);
const projects = ["Lading.Core", "Lading.Aws", "Lading.Server", "Lading.Cdk", "Lading.Cli", "Lading.Docker"];
const packages = new Map();

for (const project of projects) {
  const lock = JSON.parse(readFileSync(`src/${project}/packages.lock.json`, "utf8"));
  for (const framework of Object.values(lock.dependencies)) {
    for (const [name, entry] of Object.entries(framework)) {
      if (entry.type === "Project" || /Analyzers?$/.test(name)) continue;
      packages.set(`${name}@${entry.resolved}`, { name, version: entry.resolved, hash: entry.contentHash });
    }
  }
}

const id = (name, of) => `SPDXRef-${`${name}-${of}`.replaceAll(/[^A-Za-z0-9.-]/g, "-")}`;
const lading = id("Lading", version);
const sorted = [...packages.values()].sort((a, b) => (id(a.name, a.version) < id(b.name, b.version) ? -1 : 1));
const own = {
  SPDXID: lading,
  name: "Lading",
  versionInfo: version,
  downloadLocation: "NOASSERTION",
  licenseDeclared: "Apache-2.0",
  filesAnalyzed: false,
};
const others = sorted.map((entry) => ({
  SPDXID: id(entry.name, entry.version),
  name: entry.name,
  versionInfo: entry.version,
  downloadLocation: "NOASSERTION",
  licenseDeclared: "NOASSERTION",
  filesAnalyzed: false,
  // NuGet's content hash: SHA-512 in base64.
  checksums: [{ algorithm: "SHA512", checksumValue: Buffer.from(entry.hash, "base64").toString("hex") }],
  externalRefs: [
    {
      referenceCategory: "PACKAGE-MANAGER",
      referenceType: "purl",
      referenceLocator: `pkg:nuget/${entry.name}@${entry.version}`,
    },
  ],
}));
// The runtime is in each program: as native code, or bundled in the single file.
for (const name of ["Microsoft.AspNetCore.App", "Microsoft.NETCore.App"]) {
  others.push({
    SPDXID: id(name, runtime),
    name,
    versionInfo: runtime,
    downloadLocation: "NOASSERTION",
    licenseDeclared: "MIT",
    filesAnalyzed: false,
    externalRefs: [
      { referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: `pkg:generic/${name}@${runtime}` },
    ],
  });
}
const names = createHash("sha256").update(JSON.stringify(others)).digest("hex").slice(0, 32);

process.stdout.write(
  JSON.stringify(
    {
      spdxVersion: "SPDX-2.3",
      dataLicense: "CC0-1.0",
      SPDXID: "SPDXRef-DOCUMENT",
      name: `lading-${version}`,
      documentNamespace: `urn:lading:sbom:${version}:${names}`,
      creationInfo: { created: new Date(epoch * 1000).toISOString().replace(".000", ""), creators: ["Tool: lading-release"] },
      packages: [own, ...others],
      relationships: [
        { spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: lading },
        ...others.map((entry) => ({ spdxElementId: lading, relationshipType: "DEPENDS_ON", relatedSpdxElement: entry.SPDXID })),
      ],
    },
    null,
    2,
  ) + "\n",
);
