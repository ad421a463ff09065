import { Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { ImageRepository } from "lading-cdk";

/** The repositories of all images in lading.json, if CloudFormation owns them. */
export class RepositoriesStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    // One for each image of lading.json.
    ImageRepository.forEachImage(this, { pullOrganizations: ["o-a1b2c3d4e5"] });
  }
}
