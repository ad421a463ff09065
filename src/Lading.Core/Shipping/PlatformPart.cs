using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Shipping;

/// <summary>The image of one platform of several, which a machine of that platform may publish apart.</summary>
/// <param name="Platform">What it runs on.</param>
/// <param name="Digest">What stands under its tag in the target; null if nothing does.</param>
internal sealed record PlatformPart(Platform Platform, Digest? Digest = null)
{
    /// <summary>The tag that a part is published under: the image's source tag and the platform, <c>src-…-linux-arm64</c>.</summary>
    public static Tag TagOf(Fingerprint fingerprint, Platform platform) =>
        Tag.Parse($"{fingerprint.SourceTag}-{platform.ToString().Replace('/', '-')}");
}
