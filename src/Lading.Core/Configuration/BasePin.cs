using Lading.Oci;

namespace Lading.Configuration;

/// <summary>One entry of <c>lading.bases.json</c>.</summary>
/// <param name="Digest">The digest that the reference had when it was pinned: that of an index if the image has several platforms.</param>
/// <param name="OnBuild">Whether the image's configuration has <c>ONBUILD</c> instructions; null if that is unknown.</param>
/// <param name="Env">All variables that the image sets, with their values: null for a value that differs between platforms, or should
/// not be written down. Null if they were not read.</param>
internal sealed record BasePin(Digest Digest, bool? OnBuild, IReadOnlyDictionary<string, string?>? Env = null)
{
    public bool Equals(BasePin? other) =>
        other is not null && Digest == other.Digest && OnBuild == other.OnBuild && HasEnv(other.Env);

    public override int GetHashCode() => HashCode.Combine(Digest, OnBuild);

    private bool HasEnv(IReadOnlyDictionary<string, string?>? other) =>
        Env is null || other is null
            ? Env is null && other is null
            : Env.Count == other.Count
                && Env.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
