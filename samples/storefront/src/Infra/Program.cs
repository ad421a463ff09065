using Amazon.CDK;
using Storefront.Infra;

var app = new App();

// With `-c images=assembled` the stack has only the services that need no container engine.
var onlyAssembled = app.Node.TryGetContext("images") is "assembled";

// The CDK command line sets both from its profile. Without one, the stack fits any account.
var account = System.Environment.GetEnvironmentVariable("CDK_DEFAULT_ACCOUNT");
var region = System.Environment.GetEnvironmentVariable("CDK_DEFAULT_REGION");

// With `-c repositories=cdk`, for an environment with `"repositories": "cdk"`: deployed before the first publish.
if (app.Node.TryGetContext("repositories") is "cdk")
{
    _ = new RepositoriesStack(app, "Repositories", new StackProps { Env = Target() });
}

_ = new StorefrontStack(app, "Storefront", onlyAssembled, new StackProps { Env = Target() });

app.Synth();

Amazon.CDK.Environment? Target() =>
    account is null || region is null ? null : new Amazon.CDK.Environment { Account = account, Region = region };
