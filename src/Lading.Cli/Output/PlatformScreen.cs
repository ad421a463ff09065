using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Cli.Output;

/// <summary>The end of publishing one platform: there is no lock yet, and what comes next.</summary>
internal static class PlatformScreen
{
    public static void Show(Terminal terminal, string environment, Platform platform, IReadOnlyList<ImageIdentity> left)
    {
        if (left.Count > 0)
        {
            terminal.Narrate($"  Left to the publish of all: {string.Join(", ", left.Select(image => image.Name))}");
        }

        terminal.Narrate(
            $"  No lock is written for {platform} alone. Next: lading publish --env {environment}   joins the platforms"
        );
    }
}
