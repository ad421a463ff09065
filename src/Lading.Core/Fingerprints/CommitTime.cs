using System.Globalization;
using System.Text;
using Lading.Git;

namespace Lading.Fingerprints;

/// <summary>The date of a commit.</summary>
internal static class CommitTime
{
    /// <summary>The committer's time; null if the commit is not in this clone.</summary>
    public static async Task<DateTimeOffset?> FindAsync(
        ObjectReader objects,
        string revision,
        CancellationToken cancellationToken
    )
    {
        var commit = await objects.FindAsync(revision, cancellationToken).ConfigureAwait(false);
        if (commit is not { Type: "commit" })
        {
            return null;
        }

        // "committer Name <mail> seconds zone"
        var line = Encoding
            .UTF8.GetString(commit.Content)
            .Split('\n')
            .FirstOrDefault(text => text.StartsWith("committer ", StringComparison.Ordinal));
        var fields = line?.Split(' ');
        return
            fields is { Length: > 2 }
            && long.TryParse(fields[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }
}
