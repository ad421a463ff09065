// The asset hashes that the CDK's DockerImageAsset computes of folders: FileSystem.fingerprint with the .dockerignore's
// lines, the Dockerfile and cdk.out, as aws-ecr-assets does it. Nothing is staged, no app is synthesized.
// node fingerprint.cjs <path of aws-cdk-lib> <folder>…
const fs = require("node:fs");
const path = require("node:path");
const [library, ...folders] = process.argv.slice(2);
const { FileSystem, IgnoreMode } = require(path.join(library, "core"));

for (const folder of folders) {
  const ignore = path.join(folder, ".dockerignore");
  const exclude = fs.existsSync(ignore)
    ? [...fs.readFileSync(ignore).toString().split("\n").filter((line) => line), "!.dockerignore"]
    : [];
  exclude.push("!Dockerfile", "cdk.out");
  const hash = FileSystem.fingerprint(folder, { exclude, ignoreMode: IgnoreMode.DOCKER });
  console.log(`${path.basename(folder)} ${hash}`);
}
