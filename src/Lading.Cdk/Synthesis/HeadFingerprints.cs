using Lading.Context;
using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Cdk.Synthesis;

/// <summary>The identities of a project's images at HEAD (of those held back, at the revision they are held at).</summary>
/// <param name="Images">Fingerprints by the images' names.</param>
/// <param name="Failure">Why they are not known; null where they are.</param>
internal sealed record HeadFingerprints(IReadOnlyDictionary<string, Fingerprint> Images, LadingException? Failure)
{
    /// <summary>HEAD in full; null where it is not known.</summary>
    public string? Commit { get; init; }

    /// <summary>What each image is built for; none for an image of somebody else's that is taken with all that it has.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Platform>> Platforms { get; init; } =
        new Dictionary<string, IReadOnlyList<Platform>>(StringComparer.Ordinal);

    /// <summary>64 hex digits; null where HEAD has no such image.</summary>
    public string? Find(string name) => Images.TryGetValue(name, out var fingerprint) ? fingerprint.Hex : null;

    /// <summary>Reads them from git, by the code that the command line tool uses.</summary>
    public static HeadFingerprints Read(ProjectFolder project)
    {
        try
        {
            // CDK's Bind is synchronous, and nothing here comes back to its thread.
#pragma warning disable VSTHRD002
            return ReadAsync(project, CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
        catch (LadingException exception)
        {
            return new HeadFingerprints(new Dictionary<string, Fingerprint>(StringComparer.Ordinal), exception);
        }
    }

    private static async Task<HeadFingerprints> ReadAsync(ProjectFolder project, CancellationToken cancellationToken)
    {
        // Asked for as a revision, HEAD is read from git's objects alone: what is uncommitted costs nothing here.
        var request = new SourcesRequest([], Revision: "HEAD");
        var scratch = Path.Combine(project.Path, Locks.LockPath.Folder, "scratch");
        OwnFolder.Ignore(scratch);
        var sources = await ProjectSources
            .OpenAsync(project, request, scratch, cancellationToken)
            .ConfigureAwait(false);
        await using (sources.ConfigureAwait(false))
        {
            return new HeadFingerprints(
                sources.Images.ToDictionary(image => image.Name, image => image.Fingerprint, StringComparer.Ordinal),
                null
            )
            {
                Commit = sources.Commit?.ToString(),
                Platforms = sources.Images.ToDictionary(
                    image => image.Name,
                    image => image.Definition.Platforms,
                    StringComparer.Ordinal
                ),
            };
        }
    }
}
