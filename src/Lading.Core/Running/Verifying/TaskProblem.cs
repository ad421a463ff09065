namespace Lading.Running.Verifying;

/// <summary>Why tasks of a deployment stopped.</summary>
/// <param name="Text">The reason that ECS states, with the exit code if there is one.</param>
/// <param name="Remedy">What to do, as a sentence.</param>
/// <param name="Tasks">The number of such tasks that ECS still has.</param>
internal sealed record TaskProblem(string Text, string Remedy, int Tasks);
