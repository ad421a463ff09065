using Lading.Configuration;
using Lading.Context.Dockerfiles;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>The digests that a build uses, by the reference of the base with variables expanded.</summary>
internal sealed class BuildPins
{
    private const string ImageScheme = "docker-image://";
    private readonly IReadOnlyDictionary<string, Digest> digests;

    private BuildPins(IReadOnlyDictionary<string, Digest> digests) => this.digests = digests;

    /// <summary>The digests of bases that have one.</summary>
    public static BuildPins Of(IReadOnlyList<BaseReference> bases) =>
        new(
            bases
                .Where(input => input.Digest is not null)
                .ToDictionary(input => input.Reference, input => input.Digest!.Value, StringComparer.Ordinal)
        );

    /// <summary>Returns named contexts, with digests added to those that are images.</summary>
    public IReadOnlyDictionary<string, string> In(IReadOnlyDictionary<string, string> contexts) =>
        contexts.ToDictionary(
            pair => pair.Key,
            pair =>
                pair.Value.StartsWith(ImageScheme, StringComparison.Ordinal)
                && !pair.Value.Contains('@', StringComparison.Ordinal)
                && digests.TryGetValue(pair.Value[ImageScheme.Length..], out var digest)
                    ? $"{pair.Value}@{digest}"
                    : pair.Value,
            StringComparer.Ordinal
        );

    /// <summary>
    /// Writes the Dockerfile with pinned bases for one platform: a variable in a reference may depend on the platform.
    /// </summary>
    /// <exception cref="LadingException">A reference is written in a form that cannot be pinned.</exception>
    public async Task WriteDockerfileAsync(
        PlannedImage image,
        BuiltInputs inputs,
        Platform platform,
        string path,
        CancellationToken cancellationToken
    )
    {
        var definition = (BuiltImage)image.Image.Definition;
        try
        {
            var bytes = PinnedDockerfile.Of(
                inputs.Dockerfile,
                inputs.Target,
                inputs.Args,
                platform,
                definition.Contexts,
                digests
            );
            await File.WriteAllBytesAsync(path, bytes.ToArray(), cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            throw LadingException.Usage(
                $"Could not pin the bases of {definition.Dockerfile} for image {image.Name}",
                e.Message.TrimEnd('.'),
                "Write the reference in one piece, as FROM image or --from=image."
            );
        }
    }
}
