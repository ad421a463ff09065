using System.Diagnostics.CodeAnalysis;
using Lading.Oci;

namespace Lading.Retention.Evidence;

/// <summary>An image as a reference names it.</summary>
/// <param name="Host">The registry's host in its canonical form; null for any, if only a digest is known.</param>
/// <param name="Repository">Null for any, if only a digest is known.</param>
/// <param name="Manifest">A tag or a digest. A tag means whatever it points to at the time.</param>
internal sealed record UsedImage(string? Host, RepositoryName? Repository, ManifestReference Manifest)
{
    /// <summary>
    /// Parses a reference in any form: <c>name</c>, <c>name:tag</c>, <c>name@digest</c>, <c>name:tag@digest</c>, and every form of
    /// ECR's hosts.
    /// </summary>
    /// <returns>False if the text is not a reference. The caller then does not know which image is in use, and must
    /// hold every repository that may have it.</returns>
    public static bool TryParse(string? reference, [NotNullWhen(true)] out UsedImage? image)
    {
        image = ImageReference.TryParse(reference, out var parsed)
            ? new UsedImage(UsualHost(parsed.Host), parsed.Repository, parsed.Manifest)
            : null;
        return image is not null;
    }

    /// <summary>The canonical form of a registry's host: ECR has several for the same registry.</summary>
    public static string UsualHost(string host) => EcrAddress.TryParse(host, out var ecr) ? ecr.Host : host;
}
