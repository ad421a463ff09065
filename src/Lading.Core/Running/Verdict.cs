namespace Lading.Running;

/// <summary>A state, and the reason for it.</summary>
internal readonly record struct Verdict(RunningState State, string Reason = "");
