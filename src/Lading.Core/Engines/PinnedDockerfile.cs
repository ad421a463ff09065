using System.Text;
using System.Text.RegularExpressions;
using Lading.Oci;

namespace Lading.Engines;

/// <summary>Puts pinned digests into a Dockerfile, so that every engine builds on the bases that the fingerprint counted.</summary>
internal static partial class PinnedDockerfile
{
    /// <summary>Writes the Dockerfile anew where one of the pinned references is named in it.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, Digest> pins)
    {
        if (pins.Count > 0)
        {
            var text = File.ReadAllText(path);
            File.WriteAllText(path, Of(text, pins), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
    }

    /// <summary>The Dockerfile with digests after the pinned references of <c>FROM</c> and <c>from=</c>.</summary>
    public static string Of(string dockerfile, IReadOnlyDictionary<string, Digest> pins) =>
        ReferencePlace()
            .Replace(
                dockerfile,
                match =>
                    pins.TryGetValue(match.Groups["reference"].Value, out var digest)
                    && !match.Groups["reference"].Value.Contains('@', StringComparison.Ordinal)
                        ? $"{match.Groups["before"].Value}{match.Groups["reference"].Value}@{digest}"
                        : match.Value
            );

    [GeneratedRegex(
        @"(?<before>^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*|\bfrom=)(?<reference>[^\s,]+)",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex ReferencePlace();
}
