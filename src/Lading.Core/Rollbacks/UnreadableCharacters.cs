using System.Text;
using System.Text.Json;

namespace Lading.Rollbacks;

/// <summary>
/// CloudFormation returns <c>?</c> for each character of a template that is not ASCII (aws-cdk#38708). A returned template without
/// <c>?</c> may be deployed; otherwise the original is needed.
/// </summary>
internal static class UnreadableCharacters
{
    /// <summary>The pointers of values with a <c>?</c>, literal or in place of another character.</summary>
    public static IReadOnlyList<string> PlacesIn(TemplateText template) =>
        [
            .. template
                .Values.Where(value =>
                    value.Kind == JsonValueKind.String && template.Raw(value).Contains('?', StringComparison.Ordinal)
                    || value.Pointer.Contains('?', StringComparison.Ordinal)
                )
                .Select(value => value.Pointer),
        ];

    /// <summary>Whether a text could be the original of a returned template.</summary>
    /// <param name="original">The possible original.</param>
    /// <param name="read">The text that CloudFormation returns.</param>
    public static bool IsOriginal(string original, string read) =>
        original.Length >= read.Length && (Replaced(original) == read || ReplacedByUnit(original) == read);

    /// <summary>A text as CloudFormation would return it.</summary>
    public static string Replaced(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.IsAscii ? (char)rune.Value : '?');
        }

        return result.ToString();
    }

    // It is undocumented whether a character outside of the Basic Multilingual Plane becomes one <c>?</c> or two.
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
