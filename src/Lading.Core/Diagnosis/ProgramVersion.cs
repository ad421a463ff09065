using System.Text.RegularExpressions;

namespace Lading.Diagnosis;

/// <summary>The version in a program's own output.</summary>
internal static partial class ProgramVersion
{
    /// <summary>The first number with a dot, such as 2.39.5 in <c>git version 2.39.5 (Apple Git-154)</c>; null if there is none.</summary>
    public static Version? Find(string output) =>
        Number().Match(output) is { Success: true } match && Version.TryParse(match.Value, out var version)
            ? version
            : null;

    [GeneratedRegex(@"(?<![\d.])\d{1,9}(?:\.\d{1,9}){1,3}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
