using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;

namespace Lading.AssetApp;

/// <summary>
/// One app for two environments, each in an account of its own, and image assets of the first in a stage.
/// </summary>
internal static class TwoEnvironments
{
    private const string Dev = "111111111111";
    private const string Prod = "222222222222";

    public static void AddTo(App app)
    {
        AddTask(new Stack(app, "Dev", new StackProps { Env = Tokyo(Dev) }), new LadingImage("site"));
        AddTask(new Stack(app, "Prod", new StackProps { Env = Tokyo(Prod) }), new LadingImage("site"));
        var stage = new Stage(app, "Release", new StageProps { Env = Tokyo(Dev) });
        AddTask(
            new Stack(stage, "Assets", new StackProps { Synthesizer = new LadingSynthesizer() }),
            ContainerImage.FromAsset(Path.GetFullPath("staged"))
        );
    }

    private static void AddTask(Stack stack, ContainerImage image) =>
        new FargateTaskDefinition(stack, "Task").AddContainer("main", new ContainerDefinitionOptions { Image = image });

    private static Amazon.CDK.Environment Tokyo(string account) =>
        new() { Account = account, Region = "ap-northeast-1" };
}
