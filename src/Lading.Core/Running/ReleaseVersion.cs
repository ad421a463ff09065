using System.Globalization;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>What releases are called: by the version of the record, else by the time that they were begun.</summary>
internal static class ReleaseVersion
{
    public static string Of(RecordEvidence record) => record.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>In UTC: <c>20261129T024700</c>.</summary>
    public static string Of(DateTimeOffset begun) =>
        begun.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    /// <summary>No two releases have one version: of one moment, each but the first has a number.</summary>
    /// <param name="releases">The oldest first.</param>
    public static IReadOnlyList<Release> MakeUnique(IEnumerable<Release> releases)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. releases.Select(release =>
            {
                var count = seen[release.Version] = seen.GetValueOrDefault(release.Version) + 1;
                return count == 1
                    ? release
                    : release with
                    {
                        Version = $"{release.Version}-{count.ToString(CultureInfo.InvariantCulture)}",
                    };
            }),
        ];
    }
}
