using Lading.Fingerprints;
using Lading.Git;

namespace Lading.Checking;

/// <summary>What a check reads from git: the images at HEAD, and the first lines of some commits' messages.</summary>
/// <param name="Images">The images.</param>
/// <param name="Subjects">By commit; those that this clone does not have are left out.</param>
internal sealed record HeadSnapshot(HeadImages Images, IReadOnlyDictionary<string, string> Subjects)
{
    /// <summary>Reads what a deployment is to be that of: HEAD as a rule, from git's objects alone, without what is uncommitted.</summary>
    public static async Task<HeadSnapshot> ReadAsync(
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

                return new HeadSnapshot(HeadImages.Of(sources.Images), subjects);
            }
        }
        catch (LadingException exception)
        {
            return new HeadSnapshot(HeadImages.Unknown(exception), subjects);
        }
    }
}
