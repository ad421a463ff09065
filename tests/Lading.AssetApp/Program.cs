using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;

// An app as it is before Lading, but for one line: the synthesizer.
var app = new App();
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
