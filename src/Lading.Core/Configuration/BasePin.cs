using Lading.Oci;

namespace Lading.Configuration;

/// <summary>One entry of <c>lading.bases.json</c>.</summary>
/// <param name="Digest">The digest that the reference had when it was pinned: an index where the image has several platforms.</param>
/// <param name="OnBuild">Whether the image's configuration holds <c>ONBUILD</c> instructions; null if that is not known.</param>
/// <param name="Env">
/// All variables that the image sets, with their values: null for one whose value differs between platforms, or is not for
/// writing down. Null if nobody looked.
/// </param>
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
