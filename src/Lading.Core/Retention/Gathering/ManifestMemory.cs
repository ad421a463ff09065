using Lading.Oci;

namespace Lading.Retention.Gathering;

/// <summary>
/// Caches manifests by digest: ECR counts each read as a pull, which would keep an image that only clean-up reads.
/// Cached content is verified against the digest.
/// </summary>
/// <param name="folder">Its folder.</param>
internal sealed class ManifestMemory(string folder)
{
    /// <summary>A cached manifest; null if there is none, or its file was changed.</summary>
    public ManifestContent? Find(Digest digest)
    {
        try
        {
            if (!File.Exists(PathOf(digest)))
            {
                return null;
            }

            var content = ManifestContent.Parse(File.ReadAllBytes(PathOf(digest)), algorithm: digest.Algorithm);
            return content.Digest == digest ? content : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Caches a manifest. If it cannot be written, it is read from the registry again next time.</summary>
    public void Keep(ManifestContent content)
    {
        try
        {
            var path = PathOf(content.Digest);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content.Bytes.ToArray());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is only a cache.
        }
    }

    private string PathOf(Digest digest) => Path.Combine(folder, digest.Hex[..2], digest.Hex);
}
