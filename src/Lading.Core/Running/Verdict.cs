namespace Lading.Running;

/// <summary>A state, and why.</summary>
internal readonly record struct Verdict(RunningState State, string Reason = "");
