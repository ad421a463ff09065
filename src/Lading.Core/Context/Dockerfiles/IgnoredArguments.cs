namespace Lading.Context.Dockerfiles;

/// <summary>
/// Build arguments that affect how a build runs rather than its result: network access (Dockerfile reference,
/// "Predefined ARGs") and the cache (BuildKit's own arguments). They are never part of an image's identity.
/// </summary>
internal static class IgnoredArguments
{
    private static readonly string[] Names =
    [
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "FTP_PROXY",
        "ftp_proxy",
        "NO_PROXY",
        "no_proxy",
        "ALL_PROXY",
        "all_proxy",
        "BUILDKIT_INLINE_CACHE",
        "BUILDKIT_CACHE_MOUNT_NS",
    ];

    public static bool Contains(string name) => Names.Contains(name, StringComparer.Ordinal);
}
