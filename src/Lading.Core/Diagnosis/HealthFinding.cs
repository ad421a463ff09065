namespace Lading.Diagnosis;

/// <summary>What a check found.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Text">What is so, in one line and without a full stop.</param>
/// <param name="Remedy">What to do: a command, or the beginning of a sentence without a full stop; empty if there is nothing to do.</param>
internal sealed record HealthFinding(Severity Severity, string Text, string Remedy = "")
{
    /// <summary>What is to be pasted somewhere, such as a policy; null if there is nothing.</summary>
    public string? Paste { get; init; }

    /// <summary>Something that does not work, or will delete what is in use.</summary>
    public static HealthFinding Broken(string text, string remedy) => new(Severity.Broken, text, remedy);

    /// <summary>The same, as another verb would fail by it.</summary>
    public static HealthFinding Broken(LadingException failure) =>
        Broken($"{failure.Attempted}: {failure.CameBack}", failure.Remedy);

    /// <summary>Something that works and will hurt.</summary>
    public static HealthFinding Warning(string text, string remedy) => new(Severity.Warning, text, remedy);

    /// <summary>What could not be looked at. It never counts as good.</summary>
    /// <param name="reason">Why, in one line and without a full stop.</param>
    /// <param name="remedy">What to do about it; empty if nothing is known.</param>
    public static HealthFinding Unknown(string reason, string remedy = "") => new(Severity.Unknown, reason, remedy);

    /// <summary>The same, where it failed.</summary>
    public static HealthFinding Unknown(LadingException failure) => Unknown(failure.CameBack, failure.Remedy);

    /// <summary>What is as it should be.</summary>
    public static HealthFinding Fine(string text) => new(Severity.Fine, text);

    /// <summary>The same in one line and without full stops at its ends, whatever others said.</summary>
    public HealthFinding InOneLine() => this with { Text = OneLine(Text), Remedy = OneLine(Remedy) };

    private static string OneLine(string text) =>
        string.Join(
                ' ',
                text.Split((char[])['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            )
            .TrimEnd('.');
}

/// <summary>How bad something is, the worst first.</summary>
internal enum Severity
{
    /// <summary>It does not work, or will delete what is in use.</summary>
    Broken,

    /// <summary>It works, and will hurt.</summary>
    Warning,

    /// <summary>It could not be looked at.</summary>
    Unknown,

    /// <summary>It is as it should be.</summary>
    Fine,
}
