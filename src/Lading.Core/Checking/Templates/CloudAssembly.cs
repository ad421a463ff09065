using System.Text.Json;
using Lading.Configuration;

namespace Lading.Checking.Templates;

/// <summary>The output folder of <c>cdk synth</c>: the stacks of an app and of its stages (CDK's cloud-assembly-schema).</summary>
internal sealed class CloudAssembly
{
    private readonly List<SynthesizedStack> stacks = [];
    private readonly List<AssetDestination> assets = [];
    private Dictionary<string, (SynthesizedStack Stack, JsonElement Value)>? exports;
    private bool isFindingExports;

    private readonly Lazy<TemplateRepositories> repositories;

    private CloudAssembly() => repositories = new(() => new TemplateRepositories(stacks));

    /// <summary>In the order of the manifests, with the stacks of stages in the position of their stage.</summary>
    public IReadOnlyList<SynthesizedStack> Stacks => stacks;

    /// <summary>The destinations of its image assets.</summary>
    public IReadOnlyList<AssetDestination> ImageAssets => assets;

    /// <summary>Reads an assembly.</summary>
    /// <exception cref="LadingException">The folder is not an assembly, or a file of it is missing or broken.</exception>
    public static CloudAssembly Read(string folder)
    {
        var assembly = new CloudAssembly();
        assembly.Add(folder);
        return assembly;
    }

    /// <summary>Whether <c>cdk deploy</c> builds and pushes an image under this path of the stack's own ECR.</summary>
    public bool HasImageAsset(StackEnvironment environment, string ownPath) =>
        assets.Exists(asset => string.Equals(asset.PathAt(environment), ownPath, StringComparison.Ordinal));

    /// <summary>Whether a reference has a tag that the templates make immutable in its repository.</summary>
    public bool KeepsTag(string reference) => repositories.Value.KeepsTag(reference);

    /// <summary>The export with a given name; null if no stack has it.</summary>
    public Resolved? FindExport(string name, Evaluation evaluation)
    {
        // The name of an export may itself be imported; no order of stacks would then work.
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
                Directory.Exists(folder) ? "it has no manifest.json"
                    : File.Exists(folder) ? "it is a file, not a folder"
                    : "there is no such folder",
                Path.Exists(folder)
                    ? "Name the folder that 'cdk synth' writes, such as cdk.out."
                    : "Run 'cdk synth' first, or name the folder that it writes."
            );
        if (!JsonMembers.TryGet(manifest.Root, out var artifacts, "artifacts"))
        {
            return;
        }

        foreach (var (id, artifact) in JsonMembers.MembersOf(artifacts).Select(member => (member.Name, member.Value)))
        {
            switch (artifact.FindText("type"))
            {
                case "aws:cloudformation:stack":
                    AddStack(folder, id, artifact);
                    break;
                case "cdk:cloud-assembly" when artifact.FindText("properties", "directoryName") is { } directory:
                    Add(Path.Combine(folder, directory), [.. outer, full]);
                    break;
                case "cdk:asset-manifest" when artifact.FindText("properties", "file") is { } file:
                    assets.AddRange(AssetDestination.ReadImages(Get(folder, file).Root));
                    break;
            }
        }
    }

    private void AddStack(string folder, string id, JsonElement artifact)
    {
        var file =
            artifact.FindText("properties", "templateFile")
            ?? throw LadingException.Usage($"Could not read stack {id}", "the assembly names no template for it");
        stacks.Add(
            new SynthesizedStack(
                this,
                artifact.FindText("displayName") ?? id,
                artifact.FindText("properties", "stackName") ?? id,
                StackEnvironment.Parse(artifact.FindText("environment")),
                Get(folder, file)
            )
            {
                Id = (folder, id),
                DependsOn =
                [
                    .. JsonMembers.TryGet(artifact, out var needed, "dependencies")
                    && needed.ValueKind == JsonValueKind.Array
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

    private Dictionary<string, (SynthesizedStack Stack, JsonElement Value)> FindExports()
    {
        isFindingExports = true;
        var found = new Dictionary<string, (SynthesizedStack Stack, JsonElement Value)>(StringComparer.Ordinal);
        foreach (var stack in stacks)
        {
            if (!JsonMembers.TryGet(stack.File.Root, out var outputs, "Outputs"))
            {
                continue;
            }

            foreach (var output in JsonMembers.MembersOf(outputs).Select(member => member.Value))
            {
                if (
                    JsonMembers.TryGet(output, out var name, "Export", "Name")
                    && JsonMembers.TryGet(output, out var value, "Value")
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
