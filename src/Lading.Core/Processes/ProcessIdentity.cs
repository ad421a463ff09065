namespace Lading.Processes;

/// <summary>A process, and no later one that gets its number.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Started">When it began, as the system counts; empty if the system does not tell.</param>
internal sealed record ProcessIdentity(int Id, string Started);
