import { resolve } from "node:path";
import { App, Stack, Stage } from "aws-cdk-lib";
import { ContainerImage, FargateTaskDefinition } from "aws-cdk-lib/aws-ecs";
import { LadingImage, LadingSynthesizer } from "lading-cdk";

// One app for two environments, each in an account of its own; and in a stage, image assets of the first.
const app = new App();
const dev = { account: "111111111111", region: "ap-northeast-1" };
const prod = { account: "222222222222", region: "ap-northeast-1" };

addTask(new Stack(app, "Dev", { env: dev }), new LadingImage("site"));
addTask(new Stack(app, "Prod", { env: prod }), new LadingImage("site"));
const stage = new Stage(app, "Release", { env: dev });
addTask(
  new Stack(stage, "Assets", { synthesizer: new LadingSynthesizer() }),
  ContainerImage.fromAsset(resolve("staged")),
);

function addTask(stack: Stack, image: ContainerImage): void {
  new FargateTaskDefinition(stack, "Task").addContainer("main", { image });
}
