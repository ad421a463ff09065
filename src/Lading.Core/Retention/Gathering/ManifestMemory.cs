using Lading.Oci;

namespace Lading.Retention.Gathering;

/// <summary>
/// Manifests that were read before, by their digests: ECR counts each reading as a pull, which would keep an image that only a
/// clean-up reads. What it gives back is verified against the digest.
/// </summary>
/// <param name="folder">Where they are kept.</param>
internal sealed class ManifestMemory(string folder)
{
    /// <summary>A manifest; null if it was not read before, or its file is not what it was.</summary>
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

    /// <summary>Keeps one. Where it cannot be written it is read again next time.</summary>
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
