using System.Text.Json;
using Lading.Configuration;
using Lading.Context;

namespace Lading.Cli.Commands.Completion;

/// <summary>
/// The names in a project's files, parsed leniently: a <c>lading.json</c> that is still being written yields the names
/// it has so far. Reads only files, without git or the network.
/// </summary>
/// <param name="folder">The folder to search for <c>lading.json</c> from, absolute.</param>
internal sealed class ProjectNames(string folder)
{
    private readonly Lazy<string?> root = new(() => Quietly(() => ConfigurationFile.Find(folder)?.Folder));

    public IReadOnlyList<string> Images => KeysOf(OwnFiles.Configuration, "images");

    public IReadOnlyList<string> Environments =>
        [.. KeysOf(OwnFiles.Configuration, "environments").Append(EnvironmentDefinition.LocalName).Distinct()];

    /// <summary>The pinned references.</summary>
    public IReadOnlyList<string> Bases => KeysOf(OwnFiles.BasePins, "bases");

    /// <summary>The most common platforms.</summary>
    public static IReadOnlyList<string> Platforms => ["linux/amd64", "linux/arm64"];

    /// <summary>
    /// The stacks in the last cloud assembly; those in stages with their paths, as the CDK CLI names them.
    /// </summary>
    public IReadOnlyList<string> Stacks => StacksOf(folder) is { Count: > 0 } here ? here : StacksOf(root.Value);

    private static List<string> StacksOf(string? beside)
    {
        var names = new List<string>();
        if (beside is not null)
        {
            AddStacks(Path.Combine(beside, "cdk.out"), names, depth: 0);
        }

        return names;
    }

    private static void AddStacks(string assembly, List<string> names, int depth) =>
        Read(
            Path.Combine(assembly, "manifest.json"),
            manifest =>
            {
                foreach (var artifact in Entries(manifest, "artifacts"))
                {
                    var type = artifact.Value.FindText("type");
                    if (type == "aws:cloudformation:stack")
                    {
                        names.Add(artifact.Value.FindText("displayName")?.Split(' ')[0] ?? artifact.Name);
                    }
                    else if (
                        type == "cdk:cloud-assembly"
                        && depth < 8
                        && artifact.Value.FindText("properties", "directoryName") is { Length: > 0 } inner
                    )
                    {
                        AddStacks(Path.Combine(assembly, inner), names, depth + 1);
                    }
                }
            }
        );

    private List<string> KeysOf(string file, string key)
    {
        var names = new List<string>();
        if (root.Value is { } beside)
        {
            Read(Path.Combine(beside, file), json => names.AddRange(Entries(json, key).Select(entry => entry.Name)));
        }

        return names;
    }

    private static IEnumerable<JsonProperty> Entries(JsonElement json, string key) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(key, out var map)
        && map.ValueKind == JsonValueKind.Object
            ? map.EnumerateObject()
            : [];

    private static void Read(string path, Action<JsonElement> read) =>
        _ = Quietly<object>(() =>
        {
            if (File.Exists(path))
            {
                using var document = LenientJson.Parse(File.ReadAllBytes(path));
                read(document.RootElement);
            }

            return null;
        });

    /// <summary>Runs a function; null if a file cannot be read.</summary>
    private static T? Quietly<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or LadingException
                        or InvalidOperationException
                        or KeyNotFoundException
            )
        {
            return null;
        }
    }
}
