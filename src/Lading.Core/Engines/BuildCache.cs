using Lading.Oci;

namespace Lading.Engines;

/// <summary>
/// A repository for an engine's build cache, which other machines share. It is not an input: an image is the same with and without it.
/// </summary>
/// <param name="Repository">With its host; without a tag and digest.</param>
internal sealed record BuildCache(string Repository)
{
    /// <summary>Parses a repository.</summary>
    /// <exception cref="FormatException">The text is not a repository, or has a tag or digest.</exception>
    public static BuildCache Parse(string text) =>
        ImageReference.Parse(text) is { Tag: null, Digest: null } reference
            ? new BuildCache($"{reference.Host}/{reference.Repository}")
            : throw new FormatException($"'{text}' has a tag or digest: a repository alone is expected.");

    /// <summary>For BuildKit: a separate cache for each image and platform, with all stages.</summary>
    /// <remarks>ECR stores a cache only as an image with an OCI manifest.</remarks>
    public IEnumerable<string> ForBuildKit(string image, Platform platform)
    {
        var reference = $"type=registry,ref={Repository}:{image}-{platform.ToString().Replace('/', '-')}";
        return
        [
            "--cache-from",
            reference,
            "--cache-to",
            $"{reference},mode=max,image-manifest=true,oci-mediatypes=true",
        ];
    }

    /// <summary>For Buildah and Podman, which identify layers by their instructions.</summary>
    public IEnumerable<string> ForBuildah() =>
        [
            "--cache-from",
            Repository,
            "--cache-to",
            Repository,
            .. IsLoopback ? ["--tls-verify=false"] : Array.Empty<string>(),
        ];

    private bool IsLoopback => new Uri($"http://{Repository}").IsLoopback;
}
