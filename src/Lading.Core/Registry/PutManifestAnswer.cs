namespace Lading.Registry;

/// <summary>What putting a manifest came to.</summary>
/// <param name="Refusal">Null if it was stored.</param>
/// <param name="IsListed">Whether the registry said that it lists the manifest among the referrers of its subject.</param>
internal sealed record PutManifestAnswer(RegistryError? Refusal, bool IsListed = false);
