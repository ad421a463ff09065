using System.Text;

namespace Lading.Registry.Transport;

/// <summary>
/// An authentication challenge: <c>Basic</c>, or <c>Bearer</c> with a realm (RFC 9110, section 11.6.1; distribution token
/// specification).
/// </summary>
/// <param name="Scheme">In lower case.</param>
/// <param name="Parameters">By name, ignoring case.</param>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public bool IsBasic => Scheme == "basic";

    /// <summary>Whether it is <c>Bearer</c> with the address of a token service.</summary>
    public bool IsBearer => Scheme == "bearer" && Realm is not null;

    /// <summary>The address of the token service; null if there is none.</summary>
    public Uri? Realm =>
        Parameters.TryGetValue("realm", out var realm) && Uri.TryCreate(realm, UriKind.Absolute, out var address)
            ? address
            : null;

    public string? Service => Parameters.GetValueOrDefault("service");

    public ScopeSet Scope => ScopeSet.Parse(Parameters.GetValueOrDefault("scope"));

    /// <summary>Parses the values of <c>WWW-Authenticate</c> headers, each of which may have several challenges.</summary>
    public static IReadOnlyList<Challenge> Parse(IEnumerable<string> headers) => [.. headers.SelectMany(Parse)];

    private static List<Challenge> Parse(string header)
    {
        var found = new List<Challenge>();
        Dictionary<string, string>? parameters = null;
        var at = 0;
        while (at < header.Length)
        {
            if (header[at] is ' ' or '\t' or ',')
            {
                at++;
                continue;
            }

            var word = Token(header, ref at);
            if (word.Length == 0)
            {
                // Malformed: return what was parsed so far.
                return found;
            }

            var next = at;
            Skip(header, ref next);
            if (parameters is not null && next < header.Length && header[next] == '=')
            {
                at = next + 1;
                Skip(header, ref at);
                parameters.TryAdd(word, Value(header, ref at));
            }
            else
            {
                parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                found.Add(new Challenge(word.ToLowerInvariant(), parameters));
            }
        }

        return found;
    }

    private static string Value(string header, ref int at)
    {
        if (at >= header.Length || header[at] != '"')
        {
            var start = at;
            while (at < header.Length && header[at] is not (',' or ' ' or '\t'))
            {
                at++;
            }

            return header[start..at];
        }

        var value = new StringBuilder();
        for (at++; at < header.Length && header[at] != '"'; at++)
        {
            if (header[at] == '\\' && at + 1 < header.Length)
            {
                at++;
            }

            value.Append(header[at]);
        }

        at++;
        return value.ToString();
    }

    private static string Token(string header, ref int at)
    {
        var start = at;
        while (at < header.Length && (char.IsAsciiLetterOrDigit(header[at]) || "!#$%&'*+-.^_`|~".Contains(header[at])))
        {
            at++;
        }

        return header[start..at];
    }

    private static void Skip(string header, ref int at)
    {
        while (at < header.Length && header[at] is ' ' or '\t')
        {
            at++;
        }
    }
}
