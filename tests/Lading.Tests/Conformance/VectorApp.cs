using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Constructs;
using Lading.Apps;
using Lading.Cdk;
using Lading.Cdk.Synthesis;
using Lading.Fingerprints;
using Lading.Oci;
using Environment = Amazon.CDK.Environment;

namespace Lading.Tests.Conformance;

/// <summary>A construct tree as a vector describes it.</summary>
internal sealed class VectorApp
{
    private readonly Dictionary<string, Stack> stacks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskDefinition> tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> containers = new(StringComparer.Ordinal);
    private readonly App app;
    private readonly string root;

    public VectorApp(JsonObject vector, string root)
    {
        app = new App(
            new AppProps
            {
                Context = Vector
                    .Members(vector["context"])
                    .ToDictionary(pair => pair.Key, pair => Plain(pair.Value)!, StringComparer.Ordinal),
                Outdir = Path.Combine(root, "cdk.out"),
                DefaultStackSynthesizer = VectorAssets.SynthesizerOf(vector["synthesizer"]),
            }
        );
        this.root = root;
        var variables = Vector
            .Members(vector["variables"])
            .ToDictionary(pair => pair.Key, pair => Vector.Text(pair.Value));
        AppImages.Use(app, new Surroundings(root, variables.GetValueOrDefault) { Head = HeadOf(vector["head"]) });
        if (vector["calls"] is not null)
        {
            LadingImages.UseFixedDigests(app);
        }

        foreach (var stack in Vector.Items(vector["stacks"]))
        {
            AddStack(ScopeOf(Vector.Text(stack["in"])), stack);
        }

        if (vector["refuseMutable"] is { } refused)
        {
            var props = new NoMutableImagesProps
            {
                Warn = IsTrue(refused["warn"]),
                AllowAssets = IsTrue(refused["allowAssets"]),
            };
            Aspects.Of(app).Add(new NoMutableImages(props));
        }

        foreach (var path in vector["disableRecord"]?.AsArray() ?? [])
        {
            DeploymentRecord.Disable(ScopeOf(Vector.Text(path)));
        }
    }

    /// <summary>By the paths that vectors use: nested stacks are named by their ids.</summary>
    public IReadOnlyDictionary<string, Stack> Stacks => stacks;

    /// <summary>Task definitions by the path of their stack and their id.</summary>
    public IReadOnlyDictionary<string, TaskDefinition> Tasks => tasks;

    /// <summary>The path of the task of each container.</summary>
    public IReadOnlyDictionary<string, string> Containers => containers;

    private static bool IsTrue(JsonNode? value) => value?.GetValue<bool>() == true;

    private static object? Plain(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null => null,
            System.Text.Json.JsonValueKind.True => true,
            System.Text.Json.JsonValueKind.False => false,
            System.Text.Json.JsonValueKind.Object => Vector
                .Members(value)
                .ToDictionary(pair => pair.Key, pair => Plain(pair.Value), StringComparer.Ordinal),
            System.Text.Json.JsonValueKind.Array => value!.AsArray().Select(Plain).ToArray(),
            System.Text.Json.JsonValueKind.Number => value!.GetValue<int>(),
            _ => value!.GetValue<string>(),
        };

    private static HeadIdentities? HeadOf(JsonNode? head) =>
        head is null
            ? null
            : new HeadIdentities(
                Vector.Text(head["commit"]),
                null,
                Vector
                    .Members(head["images"])
                    .ToDictionary(
                        pair => pair.Key,
                        pair => new HeadImage(
                            Fingerprint.Parse(Vector.Text(pair.Value!["fingerprint"])!),
                            1,
                            [.. pair.Value["platforms"]!.AsArray().Select(each => Platform.Parse(Vector.Text(each)!))],
                            pair.Value["held"]?.GetValue<bool>() == true
                        ),
                        StringComparer.Ordinal
                    )
            );

    private Construct ScopeOf(string? path)
    {
        Construct scope = app;
        foreach (var id in path?.Split('/') ?? [])
        {
            scope = scope.Node.TryFindChild(id) as Construct ?? new Stage(scope, id);
        }

        return scope;
    }

    private void AddStack(Construct scope, JsonObject described)
    {
        var (account, region) = (Vector.Text(described["account"]), Vector.Text(described["region"]));
        foreach (var (key, value) in Vector.Members(described["context"]))
        {
            scope.Node.SetContext(key, Plain(value)!);
        }

        var props = new StackProps
        {
            Env = account is null && region is null ? null : new Environment { Account = account, Region = region },
        };
        var path = $"{(scope.Node.Path.Length == 0 ? "" : scope.Node.Path + "/")}{described["id"]}";
        Fill(new Stack(scope, Vector.Text(described["id"])!, props), described, path);
    }

    private void Fill(Stack stack, JsonObject described, string path)
    {
        stacks.Add(path, stack);
        foreach (var task in Vector.Items(described["tasks"]))
        {
            AddTask(stack, path, task);
        }

        foreach (var service in Vector.Items(described["services"]))
        {
            _ = new CfnService(
                stack,
                Vector.Text(service["id"])!,
                new CfnServiceProps { TaskDefinition = tasks[$"{path}/{service["task"]}"].TaskDefinitionArn }
            );
        }

        foreach (var reference in Vector.Items(described["references"]))
        {
            var image = LadingImage.ReferenceFor(stack, Vector.Text(reference["image"])!, PropsOf(reference));
            _ = new CfnOutput(stack, Vector.Text(reference["id"])!, new CfnOutputProps { Value = image.Uri });
        }

        foreach (var function in Vector.Items(described["functions"]))
        {
            VectorRepositories.AddFunction(stack, function, PropsOf(function));
        }

        VectorRepositories.Add(stack, Vector.Items(described["repositories"]));
        foreach (var nested in Vector.Items(described["nested"]))
        {
            var id = Vector.Text(nested["id"])!;
            Fill(new NestedStack(stack, id), nested, $"{path}/{id}");
        }
    }

    private void AddTask(Stack stack, string path, JsonObject described)
    {
        var id = Vector.Text(described["id"])!;
        var isEc2 = Vector.Text(described["kind"]) == "ec2";
        var task = isEc2
            ? (TaskDefinition)new Ec2TaskDefinition(stack, id)
            : new FargateTaskDefinition(
                stack,
                id,
                new FargateTaskDefinitionProps
                {
                    Cpu = described["cpu"]?.GetValue<double>(),
                    MemoryLimitMiB = described["memory"]?.GetValue<double>(),
                    RuntimePlatform = PlatformOf(described["runtimePlatform"]),
                }
            );
        tasks.Add($"{path}/{id}", task);
        foreach (var container in Vector.Items(described["containers"]))
        {
            var name = Vector.Text(container["name"])!;
            task.AddContainer(
                name,
                new ContainerDefinitionOptions
                {
                    Image =
                        container["registry"] is { } registry ? ContainerImage.FromRegistry(Vector.Text(registry)!)
                        : container["asset"] is not null ? VectorAssets.ImageOf(container, root)
                        : new LadingImage(Vector.Text(container["image"])!, PropsOf(container)),
                    MemoryLimitMiB = isEc2 ? 256 : null,
                }
            );
            containers.Add($"{path}/{id}/{name}", $"{path}/{id}");
        }
    }

    private static RuntimePlatform? PlatformOf(JsonNode? described) =>
        described is null
            ? null
            : new RuntimePlatform
            {
                OperatingSystemFamily = Vector.Text(described["operatingSystemFamily"]) is { } family
                    ? OperatingSystemFamily.Of(family)
                    : null,
                CpuArchitecture = Vector.Text(described["cpuArchitecture"]) is { } processor
                    ? CpuArchitecture.Of(processor)
                    : null,
            };

    private static LadingImageProps PropsOf(JsonObject use) =>
        new()
        {
            Pin = Vector.Text(use["pin"]) is { } pin ? Enum.Parse<ImagePin>(pin) : ImagePin.Digest,
            For = Vector.Text(use["for"]) is { } service ? Enum.Parse<ImageConsumer>(service) : ImageConsumer.Any,
            Platform = Vector.Text(use["platform"]) is { } platform ? Platform.Parse(platform) : null,
        };
}
