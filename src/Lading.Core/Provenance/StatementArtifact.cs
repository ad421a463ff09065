using System.Reflection;
using Lading.Oci;

namespace Lading.Provenance;

/// <summary>
/// The artifact that refers to a published image and contains the statement of its inputs (image-spec 1.1, "Guidelines for Artifact
/// Usage"; distribution-spec 1.1, "Pushing Manifests with Subject").
/// </summary>
internal static class StatementArtifact
{
    public const string MediaType = "application/vnd.in-toto+json";
    private const string PredicateAnnotation = "in-toto.io/predicate-type";
    private const string BuildTypeAnnotation = "in-toto.io/build-type";

    /// <summary>The version of Lading that writes statements.</summary>
    private static string Version =>
        typeof(StatementArtifact)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "0";

    /// <summary>Stores the statement of an image whose manifest exists.</summary>
    /// <exception cref="LadingException">It could not be stored.</exception>
    public static async Task PutAsync(
        IImageRepository repository,
        RepositoryName name,
        Descriptor subject,
        ImageProvenance inputs,
        CancellationToken cancellationToken
    )
    {
        var statement = StatementWriter.Write(inputs, name, subject.Digest, Version);
        var manifest = await FileArtifact
            .MakeAsync(
                repository,
                MediaType,
                statement,
                subject,
                new SortedDictionary<string, string>(StringComparer.Ordinal)
                {
                    [PredicateAnnotation] = StatementWriter.PredicateType,
                    [BuildTypeAnnotation] = StatementWriter.BuildType,
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        await repository.PutManifestAsync(manifest, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the image's statement that has the newest version of the rules; null if there is none.</summary>
    /// <exception cref="LadingException">A statement cannot be read.</exception>
    public static async Task<ImageProvenance?> FindAsync(
        IReadableRepository repository,
        Digest subject,
        CancellationToken cancellationToken
    )
    {
        ImageProvenance? newest = null;
        var referrers = await repository.ListReferrersAsync(subject, cancellationToken).ConfigureAwait(false);
        foreach (var referrer in referrers.Where(IsStatement).OrderBy(each => each.Digest.Hex, StringComparer.Ordinal))
        {
            var manifest = await repository
                .FindManifestContentAsync(referrer.Digest, cancellationToken)
                .ConfigureAwait(false);
            if (manifest?.Document.Layers is not [var layer, ..])
            {
                continue;
            }

            var statement = await repository.ReadBlobAsync(layer, cancellationToken).ConfigureAwait(false);
            try
            {
                // An image that was adopted under newer rules has a statement for each version.
                var read = StatementReader.Parse(statement, subject);
                newest = newest?.FingerprintVersion >= read.FingerprintVersion ? newest : read;
            }
            catch (FormatException) when (BuildTypeOf(referrer) is null)
            {
                // Another tool's statement, in a registry that omits annotations.
            }
            catch (FormatException e)
            {
                throw new LadingException(
                    $"Could not read what {repository.Display}@{subject} was made from",
                    e.Message.TrimEnd('.'),
                    "A later version of Lading may have published it: update this one."
                );
            }
        }

        return newest;
    }

    /// <summary>Registries list referrers with annotations; if one omits them, the type must be enough.</summary>
    private static bool IsStatement(Descriptor referrer) =>
        referrer.ArtifactType == MediaType && BuildTypeOf(referrer) is (null or StatementWriter.BuildType);

    private static string? BuildTypeOf(Descriptor referrer) =>
        referrer.Annotations?.GetValueOrDefault(BuildTypeAnnotation);
}
