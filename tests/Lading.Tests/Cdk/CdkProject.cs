using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.Assertions;
using Amazon.CDK.AWS.ECS;
using Constructs;
using Lading.Cdk;
using Lading.Cdk.Synthesis;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Tests.Cdk;

/// <summary>A folder with a <c>lading.json</c>, and CDK apps that believe they run in it.</summary>
internal sealed class CdkProject : IDisposable
{
    public const string DefaultConfiguration = """
        {
          "project": "storefront",
          "images": {
            "web": { "context": "web" },
            "worker": { "context": "worker", "platforms": ["linux/amd64", "linux/arm64"] }
          },
          "environments": {
            "dev": { "account": "111111111111", "region": "ap-northeast-1" },
            "prod": { "account": "222222222222", "region": "ap-northeast-1", "promoteFrom": "dev" }
          }
        }
        """;

    private readonly bool isOwnFolder;

    /// <param name="configuration">Null for a folder without <c>lading.json</c>.</param>
    /// <param name="folder">A folder that the caller deletes; null for a new one.</param>
    public CdkProject(string? configuration = DefaultConfiguration, string? folder = null)
    {
        isOwnFolder = folder is null;
        Root = folder ?? Directory.CreateTempSubdirectory("lading-cdk-").FullName;
        if (configuration is not null)
        {
            Write("lading.json", configuration);
        }
    }

    public string Root { get; }

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public void Dispose()
    {
        if (isOwnFolder)
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    public void Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>
    /// A lock with made-up digests: the hex digits of <paramref name="digits"/> in turn, one per image.
    /// </summary>
    public void WriteLock(string environment, string digits = "ab", string? path = null, params string[] images) =>
        WriteLock(
            environment,
            path,
            (images is [] ? ["web", "worker"] : images).Select(
                (name, i) =>
                    (
                        name,
                        new LockedImage(
                            $"storefront/{name}",
                            Digest.Parse("sha256:" + new string(digits[i], 64)),
                            new string(digits[i], 64),
                            new string('1', 40),
                            name == "worker" ? [Platform.LinuxAmd64, Platform.LinuxArm64] : [Platform.LinuxAmd64]
                        )
                    )
            )
        );

    public void WriteLock(string environment, string? path, IEnumerable<(string Name, LockedImage Image)> images) =>
        LockFile.Write(
            path is null ? LockPath.For(Root, environment) : Path.Combine(Root, path),
            new ImageLock(environment, images.ToDictionary(pair => pair.Name, pair => pair.Image))
        );

    /// <summary>An app with this context; without the comparison with HEAD unless the context says otherwise.</summary>
    public App App(params (string Key, object Value)[] context)
    {
        var all = new Dictionary<string, object>(StringComparer.Ordinal) { ["lading:stale"] = "ignore" };
        foreach (var (key, value) in context)
        {
            all[key] = value;
        }

        var app = new App(new AppProps { Context = all, Outdir = Path.Combine(Root, "cdk.out") });
        AppImages.Use(app, new Surroundings(Root, Variables.GetValueOrDefault));
        return app;
    }

    public static Stack Stack(Construct scope, string? account = null, string? region = "ap-northeast-1") =>
        new(
            scope,
            "Storefront",
            account is null
                ? new StackProps()
                : new StackProps
                {
                    Env = new Amazon.CDK.Environment { Account = account, Region = region },
                }
        );

    /// <summary>A Fargate task with one container for each image, named after it.</summary>
    public static FargateTaskDefinition Task(Construct scope, RuntimePlatform? platform, params string[] images)
    {
        var task = new FargateTaskDefinition(
            scope,
            "Task",
            new FargateTaskDefinitionProps { RuntimePlatform = platform }
        );
        foreach (var image in images)
        {
            task.AddContainer(image, new ContainerDefinitionOptions { Image = new LadingImage(image) });
        }

        return task;
    }

    public static FargateTaskDefinition Task(Construct scope, params string[] images) => Task(scope, null, images);

    /// <summary>The rendered image of each container, as JSON, in order.</summary>
    public static IReadOnlyList<string> Images(Stack stack)
    {
        using var template = Json(stack);
        return
        [
            .. template
                .RootElement.GetProperty("Resources")
                .EnumerateObject()
                .Where(each => each.Value.GetProperty("Type").GetString() == "AWS::ECS::TaskDefinition")
                .SelectMany(each =>
                    each.Value.GetProperty("Properties").GetProperty("ContainerDefinitions").EnumerateArray()
                )
                .Select(container => container.GetProperty("Image").GetRawText()),
        ];
    }

    public static JsonDocument Json(Stack stack) =>
        JsonDocument.Parse(JsonSerializer.Serialize(Template.FromStack(stack).ToJSON()));

    /// <summary>The errors of a stack: path and text.</summary>
    public static IReadOnlyList<string> Errors(Stack stack) =>
        Texts(Amazon.CDK.Assertions.Annotations.FromStack(stack).FindError("*", Match.AnyValue()));

    /// <summary>The warnings of a stack: path and text.</summary>
    public static IReadOnlyList<string> Warnings(Stack stack) =>
        Texts(Amazon.CDK.Assertions.Annotations.FromStack(stack).FindWarning("*", Match.AnyValue()));

    private static IReadOnlyList<string> Texts(Amazon.CDK.CXAPI.ISynthesisMessage[] messages) =>
        [.. messages.Select(message => $"{message.Id}: {message.Entry.Data}")];
}
