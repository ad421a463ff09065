namespace Lading.Retention.Evidence;

/// <summary>Whose reads a registry counts as pulls, as the registry's provider says it.</summary>
/// <param name="Principal">The user or role.</param>
/// <param name="Fact">What the registry does, as the start of a sentence.</param>
/// <param name="Remedy">The command that ends it.</param>
internal sealed record CountedReader(string Principal, string Fact, string Remedy);
