namespace Lading.Explaining;

/// <summary>The arguments of <c>why</c>.</summary>
/// <param name="Image">The name; null if a published image is asked for.</param>
/// <param name="From">What to compare it with; null for nothing.</param>
/// <param name="To">Null for the working tree.</param>
/// <param name="Published">A repository and digest; null if an image of <c>lading.json</c> is requested.</param>
/// <param name="WithFiles">Whether to list each file.</param>
internal sealed record ExplanationRequest(string? Image, string? From, string? To, string? Published, bool WithFiles)
{
    /// <exception cref="LadingException">It is none.</exception>
    public void Check()
    {
        if (Published is not null && (Image ?? From ?? To) is not null)
        {
            var other =
                Image is not null ? "a name"
                : From is not null ? "--from"
                : "--to";
            throw LadingException.Usage(
                "Could not read the command line",
                $"--image and {other} exclude each other",
                "To compare a published image, run 'lading why web --from repository@digest'."
            );
        }

        if (Image is null && Published is null)
        {
            throw LadingException.Usage(
                "Could not read the command line",
                "no image is named",
                "Run 'lading why web', or 'lading why --image repository@digest'."
            );
        }
    }
}
