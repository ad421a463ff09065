using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Lading.AssetApp;
using Lading.Cdk;

var app = new App();
if (app.Node.TryGetContext("environments") is "both")
{
    TwoEnvironments.AddTo(app);
    app.Synth();
    return;
}

// An app from before Lading, except for one line: the synthesizer.
var account = System.Environment.GetEnvironmentVariable("CDK_DEFAULT_ACCOUNT");
var region = System.Environment.GetEnvironmentVariable("CDK_DEFAULT_REGION");
var stack = new Stack(
    app,
    "Assets",
    new StackProps
    {
        Env = new Amazon.CDK.Environment { Account = account, Region = region },
        Synthesizer = app.Node.TryGetContext("synthesizer") is "lading" ? new LadingSynthesizer() : null,
    }
);
foreach (var name in new[] { "one", "two" })
{
    new FargateTaskDefinition(stack, name).AddContainer(
        name,
        new ContainerDefinitionOptions { Image = ContainerImage.FromAsset(Path.GetFullPath(name)) }
    );
}

app.Synth();
