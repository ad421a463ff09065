namespace Lading.Oci;

/// <summary>
/// Stands in a template for an image that synthesis could not pin, next to the error that says why. Its registry exists nowhere
/// (RFC 2606), so that nothing can be pulled by mistake.
/// </summary>
internal static class PlaceholderImage
{
    /// <summary>The registry.</summary>
    public const string Host = "lading.invalid";

    /// <summary>The reference that stands for an image.</summary>
    public static string For(string name) => $"{Host}/{name}";

    /// <summary>Whether a reference is such a one.</summary>
    public static bool Is(string reference) =>
        reference.StartsWith(Host + "/", StringComparison.Ordinal)
        || reference.Contains($"/{Host}@", StringComparison.Ordinal);
}
