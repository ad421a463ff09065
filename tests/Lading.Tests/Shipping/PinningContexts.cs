using Lading.Fingerprints;
using Lading.Oci;
using Lading.Shipping;

namespace Lading.Tests.Shipping;

public sealed class PinningContexts
{
    [Fact]
    public void A_named_context_that_is_an_image_gets_its_digest_and_folders_stay()
    {
        var digest = Digest.OfBytes("tool"u8);
        var pins = BuildPins.Of([new BaseReference("tool:1", digest), new BaseReference("floating:1", null)]);

        var contexts = pins.In(
            new Dictionary<string, string>
            {
                ["tools"] = "docker-image://tool:1",
                ["other"] = "docker-image://floating:1",
                ["fixed"] = $"docker-image://tool:1@{digest}",
                ["shared"] = "tool:1",
            }
        );

        Assert.Equal($"docker-image://tool:1@{digest}", contexts["tools"]);
        Assert.Equal("docker-image://floating:1", contexts["other"]);
        Assert.Equal($"docker-image://tool:1@{digest}", contexts["fixed"]);
        Assert.Equal("tool:1", contexts["shared"]);
    }
}
