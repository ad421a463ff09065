namespace Lading.Cli.Docker;

/// <summary>What an option of <c>docker build</c> means for an engine.</summary>
/// <param name="Arguments">What the engine is given for it.</param>
internal sealed record BuildOptionUse(params IReadOnlyList<string> Arguments)
{
    /// <summary>The engine is given nothing for it.</summary>
    public static BuildOptionUse Nothing { get; } = new();

    /// <summary>What the user should know although the build goes on; null for nothing.</summary>
    public string? Note { get; private init; }

    /// <summary>Why the build cannot be done as asked; null if it can.</summary>
    public string? Refusal { get; private init; }

    /// <summary>The build goes on without it, which makes no other image.</summary>
    public static BuildOptionUse LeaveOut(string note) => new() { Note = note };

    /// <summary>The build would give something else than was asked for.</summary>
    public static BuildOptionUse Refuse(string reason) => new() { Refusal = reason };
}
