namespace Lading.Running.Verifying;

/// <summary>Why tasks of a deployment stopped.</summary>
/// <param name="Text">In the words of ECS, with the exit code if there is one.</param>
/// <param name="Remedy">What to do, as a sentence.</param>
/// <param name="Tasks">How many of those that ECS still knows.</param>
internal sealed record TaskTrouble(string Text, string Remedy, int Tasks);
