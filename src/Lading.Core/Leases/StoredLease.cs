namespace Lading.Leases;

/// <summary>A lease as its parameter has it.</summary>
/// <param name="Text">Its value.</param>
/// <param name="Version">Counted from 1 since the parameter was created.</param>
internal sealed record StoredLease(string Text, long Version);
