namespace Lading;

/// <summary>An argument of a command that is printed to be copied into a shell.</summary>
internal static class ShellArgument
{
    private const string Plain = "-_./:@%+,";

    /// <summary>The argument; quoted if a POSIX shell would split or change it (POSIX.1-2024, Shell Command Language, 2.2 "Quoting").</summary>
    /// <remarks>
    /// Double quotes where possible: cmd.exe knows no others, and messages put whole commands in single quotes.
    /// </remarks>
    public static string Of(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal)) ? text
        : IsChangedInDoubleQuotes(text) ? $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'"
        : $"\"{text}\"";

    /// <summary>Includes <c>!</c>, which interactive shells replace with an earlier command.</summary>
    private static bool IsChangedInDoubleQuotes(string text) =>
        text.AsSpan().ContainsAny("$`\"!") || text.Contains("\\\\", StringComparison.Ordinal) || text.EndsWith('\\');
}
