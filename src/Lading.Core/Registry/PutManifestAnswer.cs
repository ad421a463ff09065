namespace Lading.Registry;

/// <summary>What putting a manifest came to.</summary>
/// <param name="Refusal">Null where it was stored.</param>
internal sealed record PutManifestAnswer(RegistryError? Refusal);
