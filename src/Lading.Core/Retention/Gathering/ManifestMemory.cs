using Lading.Oci;

namespace Lading.Retention.Gathering;

/// <summary>
/// Manifests that were read before, by digest: ECR counts each read as a pull, which would keep an image that only clean-up reads.
/// Cached content is verified against the digest.
/// </summary>
/// <param name="folder">Its folder.</param>
internal sealed class ManifestMemory(string folder)
{
    /// <summary>A manifest; null if it was not read before, or its file was changed.</summary>
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

    /// <summary>Stores one. If it cannot be written, it is read again next time.</summary>
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
            // Only a memory.
        }
    }

    private string PathOf(Digest digest) => Path.Combine(folder, digest.Hex[..2], digest.Hex);
}
