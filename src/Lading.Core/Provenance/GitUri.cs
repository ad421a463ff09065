using System.Text;
using Lading.Git;

namespace Lading.Provenance;

/// <summary>
/// Paths in a repository as URIs: <c>git:src/web/a%20b.txt</c>. All but unreserved characters and slashes are
/// percent-encoded (RFC 3986, section 2.1).
/// </summary>
internal static class GitUri
{
    public const string Scheme = "git:";
    private const string Plain = "-._~/";

    public static string Of(string path)
    {
        var uri = new StringBuilder(Scheme, path.Length + Scheme.Length);
        foreach (var octet in GitPath.Encode(path))
        {
            var c = (char)octet;
            if (char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal))
            {
                uri.Append(c);
            }
            else
            {
                uri.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return uri.ToString();
    }

    /// <exception cref="FormatException">The text is not a URI of this form.</exception>
    public static string PathOf(string uri)
    {
        if (!uri.StartsWith(Scheme, StringComparison.Ordinal))
        {
            throw new FormatException($"'{uri}' is not a path in a repository.");
        }

        var bytes = new List<byte>(uri.Length);
        for (var i = Scheme.Length; i < uri.Length; i++)
        {
            if (uri[i] != '%')
            {
                bytes.Add((byte)uri[i]);
            }
            else if (i + 2 < uri.Length && char.IsAsciiHexDigit(uri[i + 1]) && char.IsAsciiHexDigit(uri[i + 2]))
            {
                bytes.Add(Convert.FromHexString(uri.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                throw new FormatException($"'{uri}' is not a URI.");
            }
        }

        return GitPath.Decode([.. bytes]);
    }
}
