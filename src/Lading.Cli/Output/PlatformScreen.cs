using Lading.Fingerprints;
using Lading.Oci;

namespace Lading.Cli.Output;

/// <summary>
/// The output after publishing a single platform, which writes no lock: the images that remain, and the next step.
/// </summary>
internal static class PlatformScreen
{
    public static void Show(
        Terminal terminal,
        string environment,
        Platform platform,
        IReadOnlyList<ImageIdentity> remaining
    )
    {
        if (remaining.Count > 0)
        {
            terminal.Narrate(
                $"  Left to the publish of all: {string.Join(", ", remaining.Select(image => image.Name))}"
            );
        }

        terminal.Narrate(
            $"  No lock is written for {platform} alone. Next: lading publish --env {environment}   joins the platforms"
        );
    }
}
