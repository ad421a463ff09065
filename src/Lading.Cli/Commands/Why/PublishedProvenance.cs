using Lading.Cli.Commands.Image;
using Lading.Oci;
using Lading.Provenance;
using Lading.Registries;

namespace Lading.Cli.Commands.Why;

/// <summary>Reads what published images were made from out of their registries.</summary>
internal sealed class PublishedProvenance(Invocation invocation) : IDisposable
{
    private readonly OpenedLocations places = new(invocation, plainHttp: false);
    private ProjectRegistries? registries;

    /// <summary>Whether a text names a published image rather than a revision: it holds a digest.</summary>
    public static bool IsNamed(string text) =>
        text.Contains("@sha256:", StringComparison.Ordinal) || text.Contains("@sha512:", StringComparison.Ordinal);

    /// <summary>Reads it by its name.</summary>
    /// <param name="text"><c>repository@digest</c> in the environment's registry, or with a host in front in any other.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LadingException">There is no such image, or it carries no statement.</exception>
    public async Task<ExplainedSide> GetAsync(string text, CancellationToken cancellationToken)
    {
        if (!ImageReference.TryParse(text, out var reference))
        {
            throw LadingException.Usage(
                $"Could not find image {text}",
                "this is no image reference",
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
    /// <exception cref="LadingException">It carries none.</exception>
    public static async Task<ExplainedSide> ReadAsync(
        IReadableRepository repository,
        Digest digest,
        string? where,
        CancellationToken cancellationToken
    )
    {
        var inputs = await StatementArtifact.FindAsync(repository, digest, cancellationToken).ConfigureAwait(false);
        return inputs is not null
            ? new ExplainedSide(inputs, where) { Digest = digest, IsFromRegistry = true }
            : throw new LadingException(
                $"Could not read what {repository.Display}@{digest} was made from",
                await repository.FindManifestAsync(digest, cancellationToken).ConfigureAwait(false) is null
                    ? "there is no such image"
                    : "it carries no statement of it: it was not published by Lading, or without one",
                "Name a commit instead: 'lading why <image> --from <revision>'."
            );
    }

    public void Dispose()
    {
        registries?.Dispose();
        places.Dispose();
    }

    private async Task<IReadableRepository> OpenAsync(
        string text,
        ImageReference reference,
        CancellationToken cancellationToken
    )
    {
        if (text.StartsWith(reference.Host + "/", StringComparison.OrdinalIgnoreCase))
        {
            return await places.OpenAsync(ImageLocation.Parse(text), cancellationToken).ConfigureAwait(false);
        }

        var project = await invocation.FindProjectAsync(cancellationToken).ConfigureAwait(false);
        registries ??= invocation.OpenRegistries(project);
        var registry = await registries.OpenAsync(project.Environment, cancellationToken).ConfigureAwait(false);
        var own = ImageReference.Parse("own.invalid/" + text);
        return registry.Open(own.Repository);
    }
}
