import { App } from "aws-cdk-lib";
import { RepositoriesStack } from "./repositories-stack.js";
import { StorefrontStack } from "./storefront-stack.js";

const app = new App();

// With `-c images=assembled` the stack has only the services that need no container engine.
const onlyAssembled = app.node.tryGetContext("images") === "assembled";

// The CDK command line sets both from its profile. Without one, the stack fits any account.
const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region } = process.env;
const target = account && region ? { env: { account, region } } : {};

// With `-c repositories=cdk`, for an environment with `"repositories": "cdk"`: deployed before the first publish.
if (app.node.tryGetContext("repositories") === "cdk") {
  new RepositoriesStack(app, "Repositories", target);
}

new StorefrontStack(app, "Storefront", onlyAssembled, target);
