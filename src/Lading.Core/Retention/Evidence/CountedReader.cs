namespace Lading.Retention.Evidence;

/// <summary>A principal whose reads a registry counts as pulls, described by the registry's provider.</summary>
/// <param name="Principal">The user or role.</param>
/// <param name="Fact">What the registry does, as the start of a sentence.</param>
/// <param name="Remedy">The command that excludes the principal.</param>
internal sealed record CountedReader(string Principal, string Fact, string Remedy);
