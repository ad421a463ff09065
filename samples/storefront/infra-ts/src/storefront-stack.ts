import { Fn, Stack, type StackProps } from "aws-cdk-lib";
import { SubnetType, Vpc } from "aws-cdk-lib/aws-ec2";
import { Cluster, FargateService, FargateTaskDefinition, LogDriver } from "aws-cdk-lib/aws-ecs";
import type { Construct } from "constructs";
import { LadingImage } from "lading-cdk";

/** Four services, one for each image in lading.json. */
export class StorefrontStack extends Stack {
  private readonly cluster: Cluster;

  constructor(scope: Construct, id: string, onlyAssembled: boolean, props: StackProps) {
    super(scope, id, props);
    const vpc = new Vpc(this, "Vpc", {
      natGateways: 0,
      subnetConfiguration: [{ name: "public", subnetType: SubnetType.PUBLIC }],
    });
    this.cluster = new Cluster(this, "Cluster", { vpc });

    this.addService("site", 80);
    this.addService("carts", 8080);
    if (!onlyAssembled) {
      this.addService("web", 8080);
      this.addService("worker");
    }
  }

  /** Zones by index: otherwise CDK would ask AWS for their names at synthesis. */
  override get availabilityZones(): string[] {
    return [Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs())];
  }

  private addService(name: string, port?: number): void {
    const taskDefinition = new FargateTaskDefinition(this, `${name}-task`);
    taskDefinition.addContainer(name, {
      // The digest in the lock of this stack's environment.
      image: new LadingImage(name),
      portMappings: port === undefined ? [] : [{ containerPort: port }],
      logging: LogDriver.awsLogs({ streamPrefix: name }),
    });
    new FargateService(this, `${name}-service`, {
      cluster: this.cluster,
      taskDefinition,
      assignPublicIp: true,
      circuitBreaker: { rollback: true },
      minHealthyPercent: 100,
    });
  }
}
