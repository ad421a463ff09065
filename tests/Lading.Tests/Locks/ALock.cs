using Lading.Locks;
using Lading.Oci;

namespace Lading.Tests.Locks;

internal static class ALock
{
    public const string Web = """
        "web": {
              "repository": "storefront/web",
              "digest": "sha256:91bb1c1a91bb1c1a91bb1c1a91bb1c1a91bb1c1a91bb1c1a91bb1c1a91bb1c1a",
              "fingerprint": "3f9a2c813f9a2c813f9a2c813f9a2c813f9a2c813f9a2c813f9a2c813f9a2c81",
              "revision": "4e1c0d24e1c0d24e1c0d24e1c0d24e1c0d24e1c0",
              "platforms": [
                "linux/amd64"
              ]
            }
        """;

    public static LockedImage Image(char digit, string? revision = null, params Platform[] platforms) =>
        new(
            $"storefront/image-{digit}",
            Digest.Parse("sha256:" + new string(digit, 64)),
            new string(digit, 64),
            revision,
            platforms is [] ? [Platform.LinuxAmd64] : platforms
        );

    public static LockedImage Index(char digit, params (Platform Platform, char Digit)[] children) =>
        Image(digit, platforms: [.. children.Select(child => child.Platform)]) with
        {
            Manifests = children.ToDictionary(
                child => child.Platform,
                child => Digest.Parse("sha256:" + new string(child.Digit, 64))
            ),
        };

    public static ImageLock Of(params (string Name, LockedImage Image)[] images) =>
        new("dev", images.ToDictionary(pair => pair.Name, pair => pair.Image, StringComparer.Ordinal));
}
