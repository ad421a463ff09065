namespace Lading.Processes;

/// <summary>A process, as distinct from a later one with the same number.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Started">When it started, in clock ticks since boot; empty if unknown.</param>
internal sealed record ProcessIdentity(int Id, string Started);
