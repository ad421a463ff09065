using System.Globalization;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>Identifies releases: by the version of the record, otherwise by the time they started.</summary>
internal static class ReleaseVersion
{
    public static string Of(RecordEvidence record) => record.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>The start time in UTC: <c>20261129T024700</c>.</summary>
    public static string Of(DateTimeOffset begun) =>
        begun.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    /// <summary>Makes versions unique: of releases with the same version, each but the first gets a number.</summary>
    /// <param name="releases">The oldest first.</param>
    public static IReadOnlyList<Release> MakeUnique(IEnumerable<Release> releases)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. releases.Select(release =>
            {
                var count = counts[release.Version] = counts.GetValueOrDefault(release.Version) + 1;
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
