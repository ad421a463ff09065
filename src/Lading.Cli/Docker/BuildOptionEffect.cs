namespace Lading.Cli.Docker;

/// <summary>The effect of an option of <c>docker build</c> on an engine.</summary>
/// <param name="Arguments">The engine's arguments.</param>
internal sealed record BuildOptionEffect(params IReadOnlyList<string> Arguments)
{
    /// <summary>The engine gets no argument.</summary>
    public static BuildOptionEffect Nothing { get; } = new();

    /// <summary>A note for the user, though the build continues; null for none.</summary>
    public string? Note { get; private init; }

    /// <summary>Why the build is refused; null if it is not.</summary>
    public string? Refusal { get; private init; }

    /// <summary>The build continues without it, with the same image.</summary>
    public static BuildOptionEffect LeaveOut(string note) => new() { Note = note };

    /// <summary>The build is refused, since its image would be another one.</summary>
    public static BuildOptionEffect Refuse(string reason) => new() { Refusal = reason };
}
