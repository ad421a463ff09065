using Lading.Oci;
using Lading.Projects;
using Lading.Provenance;
using Lading.Registries;

namespace Lading.Explaining;

/// <summary>Reads the inputs of published images from their registries.</summary>
/// <param name="registries">The registries.</param>
/// <param name="project">The project whose environment has the default registry; null if each image must name its own.</param>
internal sealed class PublishedProvenance(IRegistries registries, Project? project)
{
    /// <summary>Whether a text names a published image rather than a revision, because it contains a digest.</summary>
    public static bool IsNamed(string text) =>
        text.Contains("@sha256:", StringComparison.Ordinal) || text.Contains("@sha512:", StringComparison.Ordinal);

    /// <summary>Reads the inputs of an image by its reference.</summary>
    /// <param name="text">A repository, or an image of <c>lading.json</c>, with a digest in the environment's registry; or with a host in
    /// front, in any other.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">The image does not exist, or has no statement.</exception>
    public async Task<ExplainedImage> GetAsync(string text, CancellationToken cancellationToken)
    {
        if (!ImageReference.TryParse(text, out var reference))
        {
            throw LadingException.Usage(
                $"Could not find image {text}",
                "this is not an image reference",
                "Write it as [host/]repository@sha256:…"
            );
        }

        var repository = await OpenAsync(text, reference, cancellationToken).ConfigureAwait(false);
        var found =
            reference.Digest
            ?? (await repository.FindManifestAsync(reference.Manifest, cancellationToken).ConfigureAwait(false))?.Digest
            ?? throw new LadingException(
                $"Could not find image {text}",
                $"{repository.Display} has no such image, or none that these credentials may see"
            );
        return await ReadAsync(repository, found, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the statement of an image.</summary>
    /// <exception cref="LadingException">It has none.</exception>
    public static async Task<ExplainedImage> ReadAsync(
        IReadableRepository repository,
        Digest digest,
        string? where,
        CancellationToken cancellationToken
    )
    {
        var inputs = await StatementArtifact.FindAsync(repository, digest, cancellationToken).ConfigureAwait(false);
        return inputs is not null
            ? new ExplainedImage(inputs, where) { Digest = digest, IsFromRegistry = true }
            : throw new LadingException(
                $"Could not read what {repository.Display}@{digest} was made from",
                await repository.FindManifestAsync(digest, cancellationToken).ConfigureAwait(false) is null
                    ? "there is no such image"
                    : "it carries no statement of it: it was not published by Lading, or without one",
                "Name a commit instead: 'lading why <image> --from <revision>'."
            );
    }

    /// <summary>Whether a text names no registry, so it is in the environment's.</summary>
    public static bool IsOfEnvironment(string text) =>
        ImageReference.TryParse(text, out var reference) && !StartsWithHost(text, reference);

    private static bool StartsWithHost(string text, ImageReference reference) =>
        text.StartsWith(reference.Host + "/", StringComparison.OrdinalIgnoreCase);

    private async Task<IReadableRepository> OpenAsync(
        string text,
        ImageReference reference,
        CancellationToken cancellationToken
    )
    {
        if (StartsWithHost(text, reference))
        {
            var named = await registries.OpenHostAsync(reference.Host, cancellationToken).ConfigureAwait(false);
            return named.Open(reference.Repository);
        }

        var own = project ?? throw new InvalidOperationException($"No environment for {text}.");
        var registry = await registries.OpenAsync(own.Environment, cancellationToken).ConfigureAwait(false);
        var repository = ImageReference.Parse("own.invalid/" + text).Repository;
        return registry.Open(own.Configuration.Images.GetValueOrDefault(repository.Value)?.Repository ?? repository);
    }
}
