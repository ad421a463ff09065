namespace Lading.Cli.Commands.Completion;

/// <summary>A possible next word.</summary>
/// <param name="Text">The word; or its beginning, such as <c>web@</c>, if more must follow.</param>
/// <param name="Meaning">Its meaning, on one line.</param>
internal sealed record Candidate(string Text, string Meaning);
