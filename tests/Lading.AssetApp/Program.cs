using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;

// An app as it is before Lading, but for one line: the synthesizer.
var app = new App();
var account = System.Environment.GetEnvironmentVariable("CDK_DEFAULT_ACCOUNT");
var region = System.Environment.GetEnvironmentVariable("CDK_DEFAULT_REGION");
var here = new Amazon.CDK.Environment { Account = account, Region = region };
if (app.Node.TryGetContext("repositories") is "cdk")
{
    // The repositories of lading.json, and a stack that runs an image of one of them.
    _ = ImageRepository.ForEachImage(new Stack(app, "Repositories", new StackProps { Env = here }));
    new FargateTaskDefinition(new Stack(app, "Images", new StackProps { Env = here }), "site").AddContainer(
        "site",
        new ContainerDefinitionOptions { Image = new LadingImage("site") }
    );
    app.Synth();
    return;
}

var stack = new Stack(
    app,
    "Assets",
    new StackProps
    {
        Env = here,
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
