using System.Collections.ObjectModel;
using Lading.Fingerprints;

namespace Lading.Apps;

/// <summary>The identities of a project's images at HEAD, or, for images held back, at the revision they are held at.</summary>
/// <param name="Commit">In full; null if it is unknown.</param>
/// <param name="Failure">Why the identities are unknown, as whole sentences; null if they are known.</param>
/// <param name="Images">By name.</param>
internal sealed record HeadIdentities(string? Commit, string? Failure, IReadOnlyDictionary<string, HeadImage> Images)
{
    /// <summary>The identities are unknown.</summary>
    public static HeadIdentities Unknown(string failure) =>
        new(null, failure, ReadOnlyDictionary<string, HeadImage>.Empty);

    /// <summary>Reads the identities from git's objects; on failure, the result says why.</summary>
    /// <param name="project">The folder of <c>lading.json</c>.</param>
    /// <param name="request">A revision, which ignores uncommitted changes, or the working tree as it is.</param>
    /// <param name="scratch">A folder for temporary objects; it need not exist.</param>
    /// <param name="cancellationToken">Cancels the git commands.</param>
    public static async Task<HeadIdentities> ReadAsync(
        ProjectFolder project,
        SnapshotRequest request,
        string scratch,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var sources = await ProjectSnapshot
                .OpenAsync(project, request, scratch, cancellationToken)
                .ConfigureAwait(false);
            await using (sources.ConfigureAwait(false))
            {
                return new HeadIdentities(
                    sources.Commit?.ToString(),
                    null,
                    sources.Images.ToDictionary(
                        image => image.Name,
                        image => new HeadImage(
                            image.Fingerprint,
                            image.FingerprintVersion,
                            image.Definition.Platforms,
                            image.Hold is not null
                        ),
                        StringComparer.Ordinal
                    )
                );
            }
        }
        catch (LadingException exception)
        {
            return Unknown(exception.Message);
        }
    }
}

/// <summary>One image at HEAD.</summary>
/// <param name="Fingerprint">Its identity.</param>
/// <param name="FingerprintVersion">The version of the fingerprint's rules.</param>
/// <param name="Platforms">The platforms it is built for; empty for an image that is mirrored with all its platforms.</param>
/// <param name="IsHeld">Whether it is held back at a revision.</param>
internal sealed record HeadImage(
    Fingerprint Fingerprint,
    int FingerprintVersion,
    IReadOnlyList<Oci.Platform> Platforms,
    bool IsHeld = false
);
