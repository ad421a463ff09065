// Runs a CDK app once for each line of settings, in one process: most of a synthesis is loading aws-cdk-lib.
// node --import tsx synthesize-all.mjs src/app.ts, with [{ "output", "context" }, …] on the standard input.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const app = pathToFileURL(resolve(process.argv[2])).href;
for (const [i, { output, context }] of JSON.parse(readFileSync(0, "utf8")).entries()) {
  process.env.CDK_OUTDIR = output;
  process.env.CDK_CONTEXT_JSON = JSON.stringify(context);
  // Another address is another module. Where CDK_OUTDIR is set, apps synthesize when the process has nothing else to do.
  await import(`${app}?${i}`);
}
