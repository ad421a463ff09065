namespace Lading.Oci;

/// <summary>
/// A placeholder in a template for an image that synthesis could not pin, beside the error that says why. Its registry exists nowhere
/// (RFC 2606), so nothing can be pulled by mistake.
/// </summary>
internal static class PlaceholderImage
{
    /// <summary>The registry.</summary>
    public const string Host = "lading.invalid";

    /// <summary>The placeholder for an image.</summary>
    public static string For(string name) => $"{Host}/{name}";

    /// <summary>The image's name in a placeholder; null if it has none.</summary>
    public static string? FindName(string reference) =>
        reference.StartsWith(Host + "/", StringComparison.Ordinal) ? reference[(Host.Length + 1)..] : null;

    /// <summary>Whether a reference is a placeholder.</summary>
    public static bool Is(string reference) =>
        reference.StartsWith(Host + "/", StringComparison.Ordinal)
        || reference.Contains($"/{Host}@", StringComparison.Ordinal);
}
