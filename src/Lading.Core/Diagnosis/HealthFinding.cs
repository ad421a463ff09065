namespace Lading.Diagnosis;

/// <summary>A result of a check.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Text">The fact, on one line and without a full stop.</param>
/// <param name="Remedy">What to do: a command, or the beginning of a sentence without a full stop; empty if there is nothing to do.</param>
internal sealed record HealthFinding(Severity Severity, string Text, string Remedy = "")
{
    /// <summary>Text to copy, such as a policy; null if there is none.</summary>
    public string? Paste { get; init; }

    /// <summary>Something that does not work, or will delete images in use.</summary>
    public static HealthFinding Broken(string text, string remedy) => new(Severity.Broken, text, remedy);

    /// <summary>The same, with the error of a command that would fail because of it.</summary>
    public static HealthFinding Broken(LadingException failure) =>
        Broken($"{failure.Attempted}: {failure.CameBack}", failure.Remedy);

    /// <summary>Something that works now but will cause problems.</summary>
    public static HealthFinding Warning(string text, string remedy) => new(Severity.Warning, text, remedy);

    /// <summary>Something that could not be checked. It never counts as ok.</summary>
    /// <param name="reason">Why, on one line and without a full stop.</param>
    /// <param name="remedy">What to do about it; empty if nothing is known.</param>
    public static HealthFinding Unknown(string reason, string remedy = "") => new(Severity.Unknown, reason, remedy);

    /// <summary>The same, after an error.</summary>
    public static HealthFinding Unknown(LadingException failure) => Unknown(failure.CameBack, failure.Remedy);

    /// <summary>Something that is ok.</summary>
    public static HealthFinding Fine(string text) => new(Severity.Fine, text);

    /// <summary>The same on one line and without full stops at its ends, whatever external messages contain.</summary>
    public HealthFinding InOneLine() => this with { Text = OneLine(Text), Remedy = OneLine(Remedy) };

    private static string OneLine(string text) =>
        string.Join(
                ' ',
                text.Split((char[])['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            )
            .TrimEnd('.');
}

/// <summary>Severities, the worst first.</summary>
internal enum Severity
{
    /// <summary>It does not work, or will delete images in use.</summary>
    Broken,

    /// <summary>It works now, but will cause problems.</summary>
    Warning,

    /// <summary>It could not be checked.</summary>
    Unknown,

    /// <summary>It is ok.</summary>
    Fine,
}
