using System.Collections.Immutable;
using Lading.Configuration;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Locks;
using Lading.Oci;

namespace Lading.Checking;

/// <summary>The project's images at HEAD; an image that is held back, at its revision.</summary>
/// <param name="Images">By name.</param>
/// <param name="Failure">Why the images are unknown; null if they are known.</param>
internal sealed record HeadImages(IReadOnlyDictionary<string, ImageIdentity> Images, LadingException? Failure)
{
    /// <summary>The subjects of commits, by commit; commits that this clone does not have are absent.</summary>
    public IReadOnlyDictionary<string, string> Subjects { get; private init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Reads the images at the revision to deploy, usually HEAD, from git objects alone, without uncommitted changes.</summary>
    /// <param name="project">The folder of <c>lading.json</c>.</param>
    /// <param name="source">The revision and the images to read.</param>
    /// <param name="scratch">A folder for temporary objects.</param>
    /// <param name="revisions">The commits to read the subjects of.</param>
    /// <param name="cancellationToken">Cancels the git commands.</param>
    public static async Task<HeadImages> ReadAsync(
        ProjectFolder project,
        SnapshotRequest source,
        string scratch,
        IEnumerable<string> revisions,
        CancellationToken cancellationToken
    )
    {
        var subjects = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var sources = await ProjectSnapshot
                .OpenAsync(project, source, scratch, cancellationToken)
                .ConfigureAwait(false);
            await using (sources.ConfigureAwait(false))
            {
                var commits = revisions.Distinct(StringComparer.Ordinal).ToList();
                var objects = await sources.Objects.FindAllAsync(commits, cancellationToken).ConfigureAwait(false);
                foreach (var (commit, content) in commits.Zip(objects))
                {
                    if (content is { Type: "commit" })
                    {
                        subjects[commit] = CommitMessage.SubjectOf(content.Content);
                    }
                }

                return Of(sources.Images) with
                {
                    Subjects = subjects,
                };
            }
        }
        catch (LadingException exception)
        {
            return Unknown(exception);
        }
    }

    /// <summary>The images that were read.</summary>
    public static HeadImages Of(IEnumerable<ImageIdentity> images) =>
        new(images.ToImmutableSortedDictionary(image => image.Name, image => image, StringComparer.Ordinal), null);

    /// <summary>No images, because they could not be read.</summary>
    public static HeadImages Unknown(LadingException failure) =>
        new(ImmutableSortedDictionary<string, ImageIdentity>.Empty, failure);

    /// <summary>
    /// The bases that have neither a pin nor a digest, as image and reference. Fingerprints contain only their
    /// references.
    /// </summary>
    public IEnumerable<(string Image, string Reference)> UnpinnedBases =>
        from image in Images.Values
        from input in image.Inputs.Bases
        where input.IsUnpinned
        select (image.Name, input.Reference);

    public Hold? HoldOf(string image) => Images.GetValueOrDefault(image)?.Hold;
}
