using System.Text.RegularExpressions;

namespace Lading.Registry.Transport;

/// <summary>What a registry asks for: <c>Basic</c>, or <c>Bearer</c> with a realm (RFC 9110, section 11.6.1; distribution token specification).</summary>
internal sealed partial record Challenge(string Scheme, string? Realm, string? Service, string? Scope)
{
    /// <summary>The challenges of a 401; empty where there are none.</summary>
    public static IReadOnlyList<Challenge> Of(HttpResponseMessage response) =>
        [
            .. response.Headers.WwwAuthenticate.Select(header =>
            {
                var parameters = Parameter()
                    .Matches(header.Parameter ?? "")
                    .GroupBy(match => match.Groups["name"].Value, StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(
                        group => group.Key,
                        group => group.First().Groups["value"].Value.Replace("\\", "", StringComparison.Ordinal),
                        StringComparer.OrdinalIgnoreCase
                    );
                return new Challenge(
                    header.Scheme,
                    parameters.GetValueOrDefault("realm"),
                    parameters.GetValueOrDefault("service"),
                    parameters.GetValueOrDefault("scope")
                );
            }),
        ];

    [GeneratedRegex(
        """(?<name>[A-Za-z_]+)\s*=\s*(?:"(?<value>(?:[^"\\]|\\.)*)"|(?<value>[^\s,"]+))""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Parameter();
}
