namespace Lading.Cli.Commands.Completion;

/// <summary>A possible next word.</summary>
/// <param name="Text">The word; <c>web@</c> if more has to follow.</param>
/// <param name="Meaning">Its meaning, on one line.</param>
internal sealed record Candidate(string Text, string Meaning);
