using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Lading.Cdk;
using Lading.Locks;
using Lading.Oci;
using Lading.Testing;

namespace Lading.Tests.Cdk;

/// <summary>
/// A repository with two folders that are image assets of a stack; the first is also an image of <c>lading.json</c>.
/// </summary>
internal sealed class AssetProject : IAsyncLifetime
{
    public static readonly Digest Published = Digest.OfBytes("web"u8);

    public TestRepository Repository { get; private set; } = null!;

    public CdkProject Project { get; private set; } = null!;

    /// <summary>Of <c>web</c>, as <c>lading plan</c> shows it.</summary>
    public string Fingerprint { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Repository = await TestRepository.CreateAsync();
        Project = new CdkProject(folder: Repository.Folder);
        Repository.Write("web/Dockerfile", "FROM scratch AS build\nARG KIND\nFROM scratch\nCOPY . /srv\n");
        Repository.Write("web/.dockerignore", "notes\n");
        Repository.Write("web/index.html", "hello");
        Repository.Write("web/notes", "not in the image");
        Repository.Write("worker/Dockerfile", "FROM scratch\nCOPY . /\n");
        Repository.Write("worker/run", "run");
        Repository.Write(".gitignore", "cdk.out/\n.lading/\n");
        await Repository.CommitAsync("One");
        var plan = await ToolRun.InAsync(Repository.Folder, "plan", "--offline", "--output", "json");
        using var json = plan.Succeeded().Document();
        Fingerprint = json.RootElement.GetProperty("images")[0].GetProperty("fingerprint").GetString()!;
    }

    public ValueTask DisposeAsync()
    {
        Repository.Dispose();
        return ValueTask.CompletedTask;
    }

    public (string Image, JsonElement Manifest) Synthesize(
        LadingSynthesizer synthesizer,
        AssetImageProps? asset = null,
        string? account = null,
        bool isFixed = false,
        string folder = "web",
        string environment = ""
    )
    {
        var app = Project.App(("lading:fixed", isFixed), ("lading:env", environment));
        var stack = new Stack(
            app,
            "Storefront",
            new StackProps
            {
                Synthesizer = synthesizer,
                Env = account is null
                    ? null
                    : new Amazon.CDK.Environment { Account = account, Region = "ap-northeast-1" },
            }
        );
        AddTask(stack, folder, asset);
        var assembly = app.Synth();
        var text = File.ReadAllText(Path.Combine(assembly.Directory, "Storefront.assets.json"));
        using var manifest = JsonDocument.Parse(text);
        using var template = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(assembly.Directory, "Storefront.template.json"))
        );
        var image = template
            .RootElement.GetProperty("Resources")
            .EnumerateObject()
            .Single(each => each.Value.GetProperty("Type").GetString() == "AWS::ECS::TaskDefinition")
            .Value.GetProperty("Properties")
            .GetProperty("ContainerDefinitions")[0]
            .GetProperty("Image")
            .GetRawText();
        return (image, manifest.RootElement.Clone());
    }

    public void AddTask(Stack stack, string image, AssetImageProps? asset = null) =>
        new FargateTaskDefinition(stack, "Task").AddContainer(
            "main",
            new ContainerDefinitionOptions
            {
                Image = ContainerImage.FromAsset(
                    Path.Combine(Project.Root, image),
                    asset ?? new AssetImageProps { File = "Dockerfile" }
                ),
            }
        );

    public void WriteLock() =>
        Project.WriteLock(
            "dev",
            null,
            [("web", new LockedImage("storefront/web", Published, Fingerprint, null, [Platform.LinuxAmd64]))]
        );
}
