using System.Text.Json;
using Lading.Oci;

namespace Lading.Configuration.Proposals;

/// <summary>
/// A third-party image that a template of the last synthesis references by tag: it could be mirrored and pinned.
/// </summary>
/// <param name="Name">A name for it in <c>lading.json</c>.</param>
/// <param name="Reference">Its reference in the template, with its registry.</param>
internal sealed record Sidecar(string Name, string Reference)
{
    private const string TaskDefinition = "AWS::ECS::TaskDefinition";

    /// <summary>The entry of <c>lading.json</c>: <c>"envoy": { "from": "docker.io/envoyproxy/envoy:v1.31" }</c>.</summary>
    public string Entry => $"\"{Name}\": {{ \"from\": \"{Reference}\" }}";

    /// <summary>Lists the sidecars in the templates of an assembly; empty if there is no assembly.</summary>
    /// <param name="assembly">The folder.</param>
    /// <param name="known">The configuration, whose references and names are left out.</param>
    public static IReadOnlyList<Sidecar> FindAll(string assembly, LadingConfiguration known)
    {
        if (!Directory.Exists(assembly))
        {
            return [];
        }

        var taken = known
            .Images.Values.OfType<MirroredImage>()
            .Select(image => image.From)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Directory
                .EnumerateFiles(assembly, "*.template.json", SearchOption.AllDirectories)
                .SelectMany(Images)
                .Select(Full)
                .OfType<ImageReference>()
                // A digest is pinned already, and ECR has the team's own images.
                .Where(reference => reference.Digest is null && !EcrAddress.TryParse(reference.Host, out _))
                .Select(reference => reference.ToString())
                .Where(reference => !taken.Contains(reference))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(reference => new Sidecar(NameOf(reference), reference))
                .Where(sidecar => !known.Images.ContainsKey(sidecar.Name)),
        ];
    }

    private static IEnumerable<string> Images(string template)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(template));
            return
            [
                .. (
                    json.RootElement.TryGetProperty("Resources", out var resources)
                        ? resources.EnumerateObject()
                        : default
                )
                    .Select(each => each.Value)
                    .Where(each => each.TryGetProperty("Type", out var type) && type.GetString() == TaskDefinition)
                    .SelectMany(each =>
                        each.GetProperty("Properties").GetProperty("ContainerDefinitions").EnumerateArray()
                    )
                    .Where(each =>
                        each.TryGetProperty("Image", out var image) && image.ValueKind == JsonValueKind.String
                    )
                    .Select(each => each.GetProperty("Image").GetString()!),
            ];
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or IOException
                        or UnauthorizedAccessException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            // Nothing is proposed from an incomplete assembly.
            return [];
        }
    }

    private static ImageReference? Full(string text) =>
        PlaceholderImage.Is(text) ? null
        : ImageReference.TryParse(text, out var reference) ? reference
        : null;

    private static string NameOf(string reference)
    {
        var path = reference[(reference.LastIndexOf('/') + 1)..];
        return ProposedNames.Clean(path.Split(':', '@')[0]);
    }
}
