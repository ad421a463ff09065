using System.Text.RegularExpressions;
using Lading.Configuration.Json;

namespace Lading.Configuration;

/// <summary>Reads maps from names to strings that end up in images, where credentials must not be.</summary>
internal static partial class TextMapReader
{
    public static IReadOnlyDictionary<string, string> Empty { get; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Build arguments.</summary>
    public static IReadOnlyDictionary<string, string> Args(Field field) =>
        Read(
            field,
            "build argument",
            IsVariable,
            "Anybody who can pull the image can read it; name it under secrets instead, and mount it with RUN --mount=type=secret."
        );

    /// <summary>Environment variables of an image.</summary>
    public static IReadOnlyDictionary<string, string> Env(Field field) =>
        Read(
            field,
            "environment variable",
            text => text.Length > 0 && !text.Any(c => c is '=' or '\0'),
            "Anybody who can pull the image can read it; hand it to the container by the secrets of the task definition instead."
        );

    /// <summary>Labels of an image.</summary>
    public static IReadOnlyDictionary<string, string> Labels(Field field) =>
        Read(field, "label", text => text.Length > 0, "Anybody who can pull the image can read it; remove it.");

    /// <summary>Letters, digits and <c>_</c>, not beginning with a digit.</summary>
    public static bool IsVariable(string text) => VariablePattern().IsMatch(text);

    private static SortedDictionary<string, string> Read(
        Field field,
        string what,
        Predicate<string> isName,
        string credentialRemedy
    )
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in field.Entries())
        {
            if (!isName(name))
            {
                value.RejectKey($"is not a valid name of {(what[0] is 'e' ? "an" : "a")} {what}");
            }

            var text = value.AnyText();
            if (CredentialShape.IsIn(name, text))
            {
                value.Reject("looks like a credential", credentialRemedy);
            }

            map[name] = text;
        }

        return map;
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex VariablePattern();
}
