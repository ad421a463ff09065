namespace Lading.Cli.Commands.Completion;

/// <summary>A word that may come next.</summary>
/// <param name="Text">The word; <c>web@</c> where more has to follow.</param>
/// <param name="Meaning">What it is, in one line.</param>
internal sealed record Candidate(string Text, string Meaning);
