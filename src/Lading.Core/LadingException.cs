namespace Lading;

/// <summary>A failure in three parts: what was attempted, what came back, what to do about it.</summary>
public sealed class LadingException : Exception
{
    /// <summary>Creates a failure.</summary>
    /// <param name="attempted">What was attempted, as the start of a sentence: <c>Could not find image web in …</c>.</param>
    /// <param name="cameBack">What came back, without a full stop: <c>the repository has no such tag</c>.</param>
    /// <param name="remedy">What to do, as whole sentences; empty if nothing better is known than to try again.</param>
    /// <param name="kind">The meaning of the failure for the caller.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public LadingException(
        string attempted,
        string cameBack,
        string remedy = "",
        FailureKind kind = FailureKind.Failed,
        Exception? innerException = null
    )
        : base(Sentence(attempted, cameBack, remedy), innerException)
    {
        Attempted = attempted;
        CameBack = cameBack;
        Remedy = remedy;
        Kind = kind;
    }

    /// <summary>What was attempted.</summary>
    public string Attempted { get; }

    /// <summary>What came back.</summary>
    public string CameBack { get; }

    /// <summary>What to do, or an empty string.</summary>
    public string Remedy { get; }

    /// <summary>The meaning of the failure for the caller.</summary>
    public FailureKind Kind { get; }

    /// <summary>A failure of use or configuration: nothing was attempted, exit code 2.</summary>
    public static LadingException Usage(string attempted, string cameBack, string remedy = "") =>
        new(attempted, cameBack, remedy, FailureKind.Usage);

    private static string Sentence(string attempted, string cameBack, string remedy)
    {
        // Another program's output is shown as it is, line by line; a full stop would seem to belong to it.
        var isBlock = cameBack.Contains('\n', StringComparison.Ordinal);
        var trimmed = cameBack.TrimEnd('.');
        var stop = trimmed is [.., '?' or '!'] ? "" : ".";
        var sentence = isBlock ? $"{attempted}: {cameBack}" : $"{attempted}: {trimmed}{stop}";
        return remedy.Length == 0 ? sentence
            : remedy[0] == '\n' || !isBlock ? sentence + (remedy[0] == '\n' ? "" : " ") + remedy
            : $"{sentence}\n{remedy}";
    }
}
