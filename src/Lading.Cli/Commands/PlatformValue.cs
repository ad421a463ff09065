using Lading.Oci;

namespace Lading.Cli.Commands;

/// <summary>Parses the value of <c>--platform</c>.</summary>
internal static class PlatformValue
{
    /// <exception cref="LadingException">The text is not a platform.</exception>
    public static Platform Read(string text) =>
        Platform.TryParse(text, out var platform)
            ? platform
            : throw LadingException.Usage(
                "Could not read --platform",
                $"--platform has '{text}', which is not a platform",
                "Write os/architecture, such as linux/amd64."
            );
}
