using System.Text.RegularExpressions;

namespace Lading.Registry;

/// <summary>The <c>Link</c> header of a page (RFC 5988): where the next one is.</summary>
internal static partial class NextPage
{
    /// <summary>Null on the last page.</summary>
    public static Uri? Of(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Link", out var links))
        {
            return null;
        }

        var match = links.Select(link => NextLink().Match(link)).FirstOrDefault(found => found.Success);
        return match is null
            ? null
            : new Uri(
                response.RequestMessage!.RequestUri!,
                new Uri(match.Groups["target"].Value, UriKind.RelativeOrAbsolute)
            );
    }

    [GeneratedRegex(
        """<(?<target>[^>]+)>\s*;[^,]*\brel="?next"?""",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex NextLink();
}
