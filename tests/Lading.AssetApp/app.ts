import { resolve } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { ContainerImage, FargateTaskDefinition } from "aws-cdk-lib/aws-ecs";
import { LadingSynthesizer } from "lading-cdk";

// An app as it is before Lading, but for one line: the synthesizer.
const app = new App();
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
const stack = new Stack(app, "Assets", {
  env: { account, region },
  ...(app.node.tryGetContext("synthesizer") === "lading" ? { synthesizer: new LadingSynthesizer() } : {}),
});
for (const name of ["one", "two"]) {
  new FargateTaskDefinition(stack, name).addContainer(name, { image: ContainerImage.fromAsset(resolve(name)) });
}
