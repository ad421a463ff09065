using Lading.Oci;

namespace Lading.Provenance;

/// <summary>References of images as package URLs, in the form of BuildKit's provenance: <c>pkg:docker/ghcr.io/owner/image@v1</c>.</summary>
internal static class ImageUri
{
    /// <summary>Null if the text is not a reference.</summary>
    public static string? Of(string reference)
    {
        if (!ImageReference.TryParse(reference, out var parsed))
        {
            return null;
        }

        var host = parsed.Host == ImageReference.DockerHub ? "" : Uri.EscapeDataString(parsed.Host) + "/";
        var version = parsed.Tag is { } tag ? $"@{tag}" : "";
        var digest = parsed.Digest is { } named ? $"?digest={named}" : "";
        return $"pkg:docker/{host}{parsed.Repository}{version}{digest}";
    }
}
