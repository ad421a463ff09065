// The app that eng/cloud.sh deploys: one service on Fargate with the smallest task, and nothing that costs while idle.
const { App, Fn, Stack } = require("aws-cdk-lib");
const { SubnetType, Vpc } = require("aws-cdk-lib/aws-ec2");
const { Cluster, FargateService, FargateTaskDefinition } = require("aws-cdk-lib/aws-ecs");
const { LadingImage } = require("lading-cdk");

class CloudStack extends Stack {
  // Zones by index: otherwise CDK would ask AWS for their names at synthesis.
  get availabilityZones() {
    return [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())];
  }
}

const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region, LADING_CLOUD_STACK: name } = process.env;
const stack = new CloudStack(new App(), name, { env: { account, region } });
const vpc = new Vpc(stack, "Vpc", {
  natGateways: 0,
  subnetConfiguration: [{ name: "public", subnetType: SubnetType.PUBLIC }],
  restrictDefaultSecurityGroup: false,
});
const taskDefinition = new FargateTaskDefinition(stack, "Task", { cpu: 256, memoryLimitMiB: 512 });
taskDefinition.addContainer("web", { image: new LadingImage("web") });
new FargateService(stack, "Service", {
  cluster: new Cluster(stack, "Cluster", { vpc }),
  taskDefinition,
  desiredCount: 1,
  assignPublicIp: true,
  minHealthyPercent: 100,
  circuitBreaker: { rollback: true },
});
