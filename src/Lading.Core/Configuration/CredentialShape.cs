using System.Text.RegularExpressions;

namespace Lading.Configuration;

/// <summary>Recognizes credentials, by their form or their name.</summary>
internal static partial class CredentialShape
{
    private static readonly string[] Nouns =
    [
        "CREDENTIAL",
        "CREDENTIALS",
        "PASSPHRASE",
        "PASSWD",
        "PASSWORD",
        "PWD",
        "SECRET",
        "SECRETS",
        "TOKEN",
    ];

    private static readonly string[] Keys = ["ACCESS", "API", "PRIVATE", "SECRET", "SIGNING", "ENCRYPTION"];

    /// <summary>A name that ends in one of these is not a credential's, even if it mentions one: TOKEN_URL.</summary>
    private static readonly string[] Harmless =
    [
        "ARN",
        "ENDPOINT",
        "EXPIRY",
        "FILE",
        "HOST",
        "ISSUER",
        "LENGTH",
        "NAME",
        "PATH",
        "SIZE",
        "TTL",
        "TYPE",
        "URI",
        "URL",
        "VERSION",
    ];

    /// <summary>Whether a named value looks like a credential.</summary>
    public static bool IsIn(string name, string value) =>
        value.Length > 0 && (IsValue(value) || (IsName(name) && !bool.TryParse(value, out _)));

    /// <summary>Whether a text is or contains a credential.</summary>
    public static bool IsValue(string text) => ValuePattern().IsMatch(text);

    private static bool IsName(string name)
    {
        var words = WordPattern().Matches(name).Select(word => word.Value.ToUpperInvariant()).ToList();
        if (words.Count == 0 || Harmless.Contains(words[^1], StringComparer.Ordinal))
        {
            return false;
        }

        return words.Exists(word => Nouns.Contains(word, StringComparer.Ordinal) || word is "APIKEY")
            || words
                .Zip(words.Skip(1))
                .Any(pair => pair.Second == "KEY" && Keys.Contains(pair.First, StringComparer.Ordinal));
    }

    // AWS, GitHub, GitLab, Slack, npm, Stripe, Google, JSON web tokens, private keys, and URLs with a password.
    [GeneratedRegex(
        @"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}|\bglpat-[A-Za-z0-9_-]{20,}|\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bnpm_[A-Za-z0-9]{30,}|\b[sr]k_live_[A-Za-z0-9]{16,}|\bAIza[A-Za-z0-9_-]{35}|\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.|-----BEGIN |://[^/\s:@]*:[^/\s@]+@",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex ValuePattern();

    [GeneratedRegex(
        "[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex WordPattern();
}
