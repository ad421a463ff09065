using System.Text.Json;
using Lading.Configuration;

namespace Lading.Checking.Templates;

/// <summary>The folder that <c>cdk synth</c> writes: the stacks of an app and of its stages (CDK's cloud-assembly-schema).</summary>
internal sealed class CloudAssembly
{
    private readonly List<SynthesizedStack> stacks = [];
    private readonly List<AssetDestination> assets = [];
    private Dictionary<string, (SynthesizedStack Stack, JsonElement Value)>? exports;
    private bool isFindingExports;

    private readonly Lazy<TemplateRepositories> repositories;

    private CloudAssembly() => repositories = new(() => new TemplateRepositories(stacks));

    /// <summary>In the order of the manifests, those of stages where their stage stands.</summary>
    public IReadOnlyList<SynthesizedStack> Stacks => stacks;

    /// <summary>Where its image assets go.</summary>
    public IReadOnlyList<AssetDestination> ImageAssets => assets;

    /// <summary>Reads an assembly.</summary>
    /// <exception cref="LadingException">The folder is no assembly, or a file of it is missing or broken.</exception>
    public static CloudAssembly Read(string folder)
    {
        var assembly = new CloudAssembly();
        assembly.Add(folder);
        return assembly;
    }

    /// <summary>Whether <c>cdk deploy</c> builds and pushes an image under this path of the stack's own ECR.</summary>
    public bool HasImageAsset(StackEnvironment place, string ownPath) =>
        assets.Exists(asset => string.Equals(asset.PathAt(place), ownPath, StringComparison.Ordinal));

    /// <summary>Whether a reference names a tag that the templates make their repository keep where it is.</summary>
    public bool KeepsTag(string reference) => repositories.Value.KeepsTag(reference);

    /// <summary>What a stack exports under a name; null where none does.</summary>
    public Resolved? FindExport(string name, Evaluation evaluation)
    {
        // The name of an export may itself be imported; no order of stacks would then be the right one.
        exports ??= isFindingExports ? null : FindExports();
        return exports is not null && exports.TryGetValue(name, out var export)
            ? export.Stack.Values.TextOf(export.Value, evaluation)
            : null;
    }

    private void Add(string folder, params IReadOnlyList<string> outer)
    {
        var full = Path.GetFullPath(folder);
        if (outer.Contains(full, StringComparer.Ordinal))
        {
            throw LadingException.Usage(
                $"Could not read the cloud assembly {outer[0]}",
                $"its nested assembly {folder} is the one that it is nested in",
                "Run 'cdk synth' again."
            );
        }

        var manifest =
            TemplateFile.Find(folder, "manifest.json")
            ?? throw LadingException.Usage(
                $"Could not read the cloud assembly {folder}",
                "it has no manifest.json",
                "Name the folder that 'cdk synth' writes, such as cdk.out."
            );
        if (!Json.TryGet(manifest.Root, out var artifacts, "artifacts"))
        {
            return;
        }

        foreach (var (id, artifact) in Json.MembersOf(artifacts).Select(member => (member.Name, member.Value)))
        {
            switch (TextOf(artifact, "type"))
            {
                case "aws:cloudformation:stack":
                    AddStack(folder, id, artifact);
                    break;
                case "cdk:cloud-assembly" when TextOf(artifact, "properties", "directoryName") is { } directory:
                    Add(Path.Combine(folder, directory), [.. outer, full]);
                    break;
                case "cdk:asset-manifest" when TextOf(artifact, "properties", "file") is { } file:
                    assets.AddRange(AssetDestination.ReadImages(Get(folder, file).Root));
                    break;
            }
        }
    }

    private void AddStack(string folder, string id, JsonElement artifact)
    {
        var file =
            TextOf(artifact, "properties", "templateFile")
            ?? throw LadingException.Usage($"Could not read stack {id}", "the assembly names no template for it");
        stacks.Add(
            new SynthesizedStack(
                this,
                TextOf(artifact, "displayName") ?? id,
                TextOf(artifact, "properties", "stackName") ?? id,
                StackEnvironment.Parse(TextOf(artifact, "environment")),
                Get(folder, file)
            )
            {
                Id = (folder, id),
                DependsOn =
                [
                    .. Json.TryGet(artifact, out var needed, "dependencies") && needed.ValueKind == JsonValueKind.Array
                        ? needed.EnumerateArray().Select(item => (folder, item.ToString()))
                        : [],
                ],
            }
        );
    }

    private static TemplateFile Get(string folder, string name) =>
        TemplateFile.Find(folder, name)
        ?? throw LadingException.Usage(
            $"Could not read the cloud assembly {folder}",
            $"its manifest names {name}, which is not there",
            "Run 'cdk synth' again."
        );

    private static string? TextOf(JsonElement element, params ReadOnlySpan<string> path) =>
        Json.TryGet(element, out var found, path) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    private Dictionary<string, (SynthesizedStack Stack, JsonElement Value)> FindExports()
    {
        isFindingExports = true;
        var found = new Dictionary<string, (SynthesizedStack Stack, JsonElement Value)>(StringComparer.Ordinal);
        foreach (var stack in stacks)
        {
            if (!Json.TryGet(stack.File.Root, out var outputs, "Outputs"))
            {
                continue;
            }

            foreach (var output in Json.MembersOf(outputs).Select(member => member.Value))
            {
                if (
                    Json.TryGet(output, out var name, "Export", "Name")
                    && Json.TryGet(output, out var value, "Value")
                    && stack.Values.TextOf(name).Text is { } text
                )
                {
                    found.TryAdd(text, (stack, value));
                }
            }
        }

        return found;
    }
}
