namespace Lading.Engines;

/// <summary>Where the value of a build secret is read: one of the two is set. The value itself is never seen here.</summary>
internal sealed record SecretLocation(string? Environment, string? File);
