using System.Text;
using System.Text.Json;

namespace Lading.Rollbacks;

/// <summary>
/// CloudFormation gives a template back with <c>?</c> for each character that is not ASCII (aws-cdk#38708). What it gives may be
/// deployed where it has none; otherwise the original has to be found elsewhere.
/// </summary>
internal static class UnreadableCharacters
{
    /// <summary>Where a template has a <c>?</c>, which may be one or stand for another character.</summary>
    public static IReadOnlyList<string> PlacesIn(TemplateText template) =>
        [
            .. template
                .Values.Where(value =>
                    value.Kind == JsonValueKind.String && template.Raw(value).Contains('?', StringComparison.Ordinal)
                    || value.Pointer.Contains('?', StringComparison.Ordinal)
                )
                .Select(value => value.Pointer),
        ];

    /// <summary>Whether a text is what CloudFormation was given, when it gives another back.</summary>
    /// <param name="original">What might have been given.</param>
    /// <param name="read">What CloudFormation gives.</param>
    public static bool IsOriginal(string original, string read) =>
        original.Length >= read.Length && (Replaced(original) == read || ReplacedByUnit(original) == read);

    /// <summary>A text as CloudFormation gives it back.</summary>
    public static string Replaced(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.IsAscii ? (char)rune.Value : '?');
        }

        return result.ToString();
    }

    // Nobody says whether a character outside of the basic plane is one or two.
    private static string ReplacedByUnit(string text) =>
        string.Create(
            text.Length,
            text,
            (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = char.IsAscii(source[i]) ? source[i] : '?';
                }
            }
        );
}
