using System.Text.RegularExpressions;
using Lading.Registry.Transport;

namespace Lading.Registry;

/// <summary>The <c>Link</c> header of a page (RFC 8288): the address of the next one.</summary>
internal static partial class NextPage
{
    /// <summary>Null on the last page.</summary>
    public static Uri? Of(RegistryAnswer answer)
    {
        var match = answer.Values("Link").Select(link => NextLink().Match(link)).FirstOrDefault(found => found.Success);
        // A page that links to itself would never end.
        return
            match is not null
            && Uri.TryCreate(answer.Address, match.Groups["target"].Value, out var next)
            && next != answer.Address
            ? next
            : null;
    }

    [GeneratedRegex(
        """<(?<target>[^>]+)>\s*;[^,]*\brel="?next"?""",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex NextLink();
}
